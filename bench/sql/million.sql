-- What a Forgeway has stored after half a year, made of one delivery that it played itself. ":stored" is how many
-- deliveries there are in the end. They come evenly, and retention as it ships has cleaned them up to three days ago:
-- of those of the last 14 days everything is there, of those of the last 30 days what asked for something, before that
-- what led to jobs; bodies are kept for 14 days, steps for 30.
set session_replication_role = replica;

create unlogged table template as
select event, steps, body, headers,
    (select steps from job where delivery_id = delivery.id order by seq limit 1) as job_steps
from delivery where outcome = 'dispatched' and body is not null order by id desc limit 1;

-- "at" is the age in days; the shares of a day's deliveries are 40 % ignored and copies, 35 % filtered, 25 % dispatched
create unlogged table stock as
with drawn as (
    select n, n::float8 / :stored as place, random() as what, random() as who, random() as which, md5('delivery' || n) as noise
    from generate_series(1, :stored) as n
), aged as (
    select *, case
        when place < 0.615 then 183 - 150 * place / 0.615
        when place < 0.772 then 33 - 16 * (place - 0.615) / 0.157
        else 17 - 14 * (place - 0.772) / 0.228 end as age
    from drawn
), decided as (
    select *, case
        when what < 0.003 then 'parked'
        when age > 33 then 'dispatched'
        when age > 17 then case when what < 0.42 then 'dispatched' else 'filtered' end
        when what < 0.25 then 'dispatched'
        when what < 0.60 then 'filtered'
        when what < 0.92 then 'ignored'
        else 'duplicate' end as outcome,
        now() - make_interval(secs => age * 86400) as at,
        -- few projects have most: the largest of 5,000 has 8 %; one had 3 % of the first two months and nothing since
        case when age > 120 and who < 0.03 then -1 else floor(5000 ^ who)::int - 1 end as number
    from aged
)
select n, outcome, at, age, noise, which,
    substr(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0'), 1, 8) || '-'
        || substr(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0'), 9, 4) || '-7' || substr(noise, 1, 3)
        || '-8' || substr(noise, 4, 3) || '-' || substr(noise, 7, 12) as id,
    case when number < 0 then 'gone' else 'group' || number % 700 end as namespace,
    case when number < 0 then 'hello' else 'project' || number end as name,
    case when which < 0.7 then 1 + floor(which * 400)::int end as pull_request,
    substr(md5('commit' || n / 3) || md5('more' || n / 3), 1, 40) as commit_id,
    case
        when outcome = 'ignored' then case when which < 0.8 then 'copr' else 'fedora-messaging' end
        when which < 0.75 then 'github'
        when which < 0.95 then 'copr'
        when which < 0.99 then 'gitlab'
        when which < 0.9999 then 'testing-farm'
        else 'forgejo' end as source
from decided;

insert into delivery (id, source, delivery_key, dedup_key, fingerprint, duplicate_of, event_name, received_at, headers, body,
    outcome, reason, detail, event_type, event, project, pull_request, commit_id, steps, decided_at)
select id, source,
    substr(md5('key' || n), 1, 8) || '-' || substr(md5('key' || n), 9, 4) || '-4' || substr(md5('key' || n), 13, 3) || '-8'
        || substr(md5('key' || n), 16, 3) || '-' || substr(md5('key' || n), 19, 12),
    null, null, case when outcome = 'duplicate' then id end,
    'pull_request', at, template.headers,
    case when outcome = 'parked' or (age < 17 and outcome <> 'duplicate') then template.body end,
    outcome,
    case outcome
        when 'parked' then case when which < 0.5 then 'attempts-exhausted' else 'invalid-json' end
        when 'filtered' then case when which < 0.6 then 'no-package-config' else 'namespace-not-approved' end
        when 'ignored' then 'event-not-wanted'
        when 'duplicate' then 'already-received' end,
    case when outcome = 'parked' then 'the forge answered 502 five times' end,
    case when outcome <> 'duplicate' then 'pull-request' end,
    case when outcome <> 'duplicate' then
        replace(replace(replace(template.event, 'packit', namespace), 'hello', name), '528b803be6f93e19ca4130bf4976f2800a3004c4', commit_id)
    end,
    case when outcome <> 'duplicate' then 'github.com/' || namespace || '/' || name end,
    case when outcome <> 'duplicate' then pull_request end,
    case when outcome <> 'duplicate' then commit_id end,
    case when age < 33 then template.steps else '' end,
    at + interval '80 ms'
from stock cross join template order by n;

create unlogged table stock_job as
select stock.n, seq, stock.id as delivery_id, at, age, 'github.com/' || namespace || '/' || name as project, pull_request, commit_id,
    overlay(id placing 'f' || to_hex(seq) || substr(md5('job' || n), 1, 10) from 25) as id,
    case
        when draw < 0.35 then 'copr-build' when draw < 0.65 then 'tests' when draw < 0.85 then 'copr-build-progress'
        when draw < 0.95 then 'koji-build' when draw < 0.99 then 'help' when draw < 0.9995 then 'propose-downstream'
        else 'sync-from-downstream' end as handler,
    case when fate < 0.85 then 'succeeded' when fate < 0.97 then 'failed' when fate < 0.98 then 'error'
        when fate < 0.99 then 'skipped' else 'canceled' end as outcome
from (select stock.*, seq, random() as draw, random() as fate
    from stock cross join generate_series(0, 2) as seq where outcome = 'dispatched' and seq <= n % 3) as stock;

insert into job (id, delivery_id, seq, handler, trigger_name, package_name, targets, arguments, priority, priority_reasons, state,
    outcome, reason, detail, attempts, intended_at, external_id, links, steps, queued_at, started_at, ended_at, project, pull_request)
select id, delivery_id, seq, handler, 'pull_request', 'hello', '["fedora-rawhide-x86_64","fedora-43-x86_64"]', '{}', 50,
    '["nobody waits"]', 'DONE', outcome, case when outcome = 'error' then 'attempts-exhausted' end,
    case when outcome <> 'succeeded' then 'the build did not end well' end, 1, at,
    case when outcome <> 'skipped' and outcome <> 'canceled' then n || '-' || seq end, '[]',
    case when age < 33 then template.job_steps else '' end, at + interval '90 ms', at + interval '1 s', at + interval '20 min',
    project, pull_request
from stock_job cross join template order by n, seq;

insert into job_target (job_id, target, state, updated_at)
select id, target, case when outcome = 'failed' then 'FAILURE' else 'SUCCESS' end, at + interval '20 min'
from stock_job cross join (values ('fedora-rawhide-x86_64'), ('fedora-43-x86_64')) as targets (target)
where handler in ('copr-build', 'tests') order by n, seq;

insert into outbox (id, kind, forge, project, target, place, name, content, state_rank, generation, delivery_id, job_id, wanted,
    first_version, sent, claimed_version, claims, external_id, attempts, steps, created_at, first_sent_at, last_sent_at)
select md5('outbox' || id), 'CHECK', 'github', project,
    '{"project":{"host":"github.com","namespace":"' || split_part(project, '/', 2) || '","name":"' || split_part(project, '/', 3)
        || '"},"installationId":1}',
    commit_id, 'rpm-build:fedora-rawhide-x86_64',
    '{"name":"rpm-build:fedora-rawhide-x86_64","state":"SUCCESS","title":"Succeeded in 20 minutes","detailsUrl":"https://example.org/"}',
    2, at, delivery_id, id, 2, 1, 2, 2, 2, n::varchar, 0, case when age < 33 then template.job_steps else '' end, at,
    at + interval '1 s', at + interval '20 min'
from stock_job cross join template where handler in ('copr-build', 'tests') order by n, seq;

-- nine of ten dead letters were redriven
insert into admin_action (id, action, subject, successor, done_by, note, done_at)
select md5('action' || id), 'redrive', id, id, 'somebody', null, at + interval '1 day'
from (select id, at from stock where outcome = 'parked' union all select id, at from stock_job where outcome = 'error') as dead
where md5(id) < 'e6';

insert into project (key_name, config_state, config_path, config_commit, config_at, last_present_at, absences, looked_for)
select 'github.com/group' || number % 700 || '/project' || number,
    case when number % 3 = 0 then 'absent' else 'present' end, case when number % 3 = 0 then null else '.packit.yaml' end, md5('c' || number),
    now() - make_interval(hours => number % 700), case when number % 3 = 0 then null else now() end, number % 3, '.packit.yaml'
from generate_series(0, 4999) as number;

-- one project in 25 is private: everybody else's searches leave out what is about it
insert into private_project (key_name, told_at)
select 'github.com/group' || number % 700 || '/project' || number, now() from generate_series(7, 4999, 25) as number;

insert into installation (id, account, installed_by, state, installed_at, changed_at, delivery_id)
select number, 'github.com/group' || number, 'somebody', case when number % 9 = 0 then 'REMOVED' else 'ACTIVE' end,
    now() - interval '200 days', now() - interval '200 days', md5('i' || number)
from generate_series(1, 1500) as number;
insert into installation_repository (installation_id, project, added_at)
select 1 + number % 700, 'github.com/group' || number % 700 || '/project' || number, now() from generate_series(0, 4999) as number;

insert into missed_delivery (source, delivery_key, remote_id, event_name, sent_at, answered, found_at, state)
select 'github', md5('missed' || number), number::varchar, 'pull_request', now(), 502, now(), 'recovered'
from generate_series(1, 5000) as number;

insert into retention (kind, done_until)
select 'BODIES', max(id) from stock where age > 17 union all select 'STEPS', max(id) from stock where age > 33;

-- what waits for a service that is never asked
update job set state = 'WAITING', handler = 'bench-one', outcome = null, ended_at = null
where id in (select id from job order by id desc limit 300);

drop table template;
drop table stock;
drop table stock_job;
set session_replication_role = default;
