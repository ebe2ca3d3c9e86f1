{{/* The name of everything, short enough for what is put behind it. */}}
{{- define "forgeway.name" -}}
{{- if contains "forgeway" .Release.Name -}}
{{- .Release.Name | trunc 45 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-forgeway" .Release.Name | trunc 45 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels of an object: (list $ "component"). */}}
{{- define "forgeway.labels" -}}
{{ include "forgeway.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (index . 0).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (index . 0).Chart.Name (index . 0).Chart.Version }}
{{- end -}}

{{- define "forgeway.selector" -}}
app.kubernetes.io/name: forgeway
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "forgeway.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "forgeway.brokerUrl" -}}
{{- if .Values.broker.bundled.enabled -}}
tcp://{{ include "forgeway.name" . }}-broker:61616
{{- else -}}
{{ required "broker.url: where the broker is, or broker.bundled.enabled=true" .Values.broker.url }}
{{- end -}}
{{- end -}}

{{- define "forgeway.databaseUrl" -}}
{{- if .Values.database.bundled.enabled -}}
jdbc:postgresql://{{ include "forgeway.name" . }}-database:5432/forgeway
{{- else -}}
{{ required "database.url: where the database is, or database.bundled.enabled=true" .Values.database.url }}
{{- end -}}
{{- end -}}

{{- define "forgeway.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* The security of a pod: (the number of the user). */}}
{{- define "forgeway.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* How many connections all processes together open to the database at most, one more of each while they are replaced. */}}
{{- define "forgeway.connections" -}}
{{- $all := 0 -}}
{{- range $name, $process := .Values.processes -}}
{{- $most := $process.replicas -}}
{{- if and $.Values.scaling.enabled $process.scaling -}}{{- $most = $process.scaling.max -}}{{- end -}}
{{- $all = add $all (mul (add1 $most) $.Values.database.connections) -}}
{{- end -}}
{{- $all -}}
{{- end -}}
