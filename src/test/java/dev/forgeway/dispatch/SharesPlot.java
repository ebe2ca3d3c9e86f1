package dev.forgeway.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Draws what each namespace got in the simulation, as SVG. */
final class SharesPlot {

    private static final int WIDTH = 420;
    private static final int HEIGHT = 220;
    private static final int MARGIN = 50;
    private static final int SMOOTH = 5;
    private static final List<String> COLOURS = List.of("#c0392b", "#2471a3", "#1e8449");

    private SharesPlot() {}

    /** One simulation: jobs begun by namespace and second. */
    record Panel(String title, int[][] served) {}

    static String of(List<Panel> panels) {
        List<String> lines = new ArrayList<>();
        int width = panels.size() * (WIDTH + MARGIN) + MARGIN;
        lines.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">"
                        .formatted(width, HEIGHT + 2 * MARGIN));
        lines.add("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        for (int i = 0; i < panels.size(); i++) {
            lines.add("<g transform=\"translate(%d %d)\">".formatted(MARGIN + i * (WIDTH + MARGIN), MARGIN));
            draw(panels.get(i), lines);
            lines.add("</g>");
        }
        lines.add("</svg>");
        return String.join("\n", lines) + "\n";
    }

    private static void draw(Panel panel, List<String> lines) {
        lines.add(text(WIDTH / 2, -15, "middle", "black", panel.title()));
        lines.add("<path d=\"M0 0V%d H%d\" fill=\"none\" stroke=\"black\"/>".formatted(HEIGHT, WIDTH));
        for (int jobs = 0; jobs <= FairShareSimulation.PER_SECOND; jobs += 10) {
            lines.add(text(-6, y(jobs) + 4, "end", "black", Integer.toString(jobs)));
        }
        for (int second = 0; second <= FairShareSimulation.SECONDS; second += 30) {
            lines.add(text(x(second), HEIGHT + 16, "middle", "black", Integer.toString(second)));
        }
        lines.add(text(WIDTH / 2, HEIGHT + 34, "middle", "black", "seconds; jobs begun per second"));
        for (int i = 0; i < panel.served().length; i++) {
            FairShareSimulation.Namespace namespace = FairShareSimulation.NAMESPACES.get(i);
            lines.add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>"
                    .formatted(path(panel.served()[i]), COLOURS.get(i)));
            lines.add(text(
                    WIDTH,
                    14 * i + 4,
                    "end",
                    COLOURS.get(i),
                    namespace.name() + ", asks for " + namespace.perSecond() + " per second"));
        }
    }

    /** The mean of some seconds, so that one sees the share and not the beat. */
    private static String path(int[] served) {
        StringBuilder path = new StringBuilder();
        for (int second = 0; second + SMOOTH <= served.length; second++) {
            double mean =
                    Arrays.stream(served, second, second + SMOOTH).average().orElse(0);
            path.append(String.format(Locale.ROOT, "%s%d %.1f", second == 0 ? "M" : "L", x(second), yOf(mean)));
        }
        return path.toString();
    }

    private static int x(int second) {
        return second * WIDTH / FairShareSimulation.SECONDS;
    }

    private static int y(int jobs) {
        return (int) yOf(jobs);
    }

    private static double yOf(double jobs) {
        return HEIGHT - jobs * HEIGHT / FairShareSimulation.PER_SECOND;
    }

    private static String text(int x, int y, String anchor, String colour, String words) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x,
                y,
                anchor,
                colour,
                words);
    }
}
