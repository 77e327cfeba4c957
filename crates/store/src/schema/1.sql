-- Format 1. Never edited: databases of this format exist.

create table inputs (
    id integer primary key,
    instance text not null,
    path text not null,
    size integer not null,
    mtime text not null,
    digest blob not null,
    valid integer not null,
    records integer not null,
    reader text not null,
    last_run integer not null,
    gone_since integer,
    gone_accepted integer not null default 0,
    unique (instance, path)
) strict;

create table statements (
    id integer primary key,
    input integer not null references inputs (id) on delete cascade,
    space text not null,
    patient text not null,
    identity blob not null,
    format integer not null,
    body text not null,
    unique (input, identity)
) strict;
create index statements_of_patient on statements (space, patient);

create table instances (
    name text primary key,
    first_complete_run integer,
    last_complete_run integer
) strict;

create table runs (
    id integer primary key,
    as_of text not null,
    started text not null,
    finished text,
    result text
) strict;

create table issued (
    bundle_id text primary key,
    kind text not null,
    institution text not null,
    patient text not null,
    report text not null,
    generation integer not null
) strict;
create index issued_of_unit on issued (kind, institution, patient, report);

create table ledger (
    id integer primary key,
    bundle_id text not null unique,
    kind text not null,
    institution text not null,
    patient text not null,
    report text not null,
    generation integer not null,
    state text not null,
    accepted_content blob,
    accepted_identity blob,
    accepted_insured text,
    accepted_members integer,
    accepted_ig text,
    accepted_at text,
    cancelled_at text,
    result_code text,
    unique (kind, institution, patient, report, generation)
) strict;

create table submissions (
    id integer primary key,
    unit integer not null references ledger (id),
    operation text not null,
    state text not null,
    content blob not null,
    identity blob not null,
    insured text not null,
    members integer not null,
    ig text not null,
    queued_at text not null,
    answer text,
    result_code text,
    result_text text
) strict;
create index submissions_due on submissions (state, id);
create index submissions_of_unit on submissions (unit, id);

create table payloads (
    submission integer primary key references submissions (id) on delete cascade,
    bytes blob not null
) strict;

create table attempts (
    id integer primary key,
    submission integer not null references submissions (id) on delete cascade,
    file_id text not null unique,
    sent_at text not null,
    answered_at text,
    answer text,
    result_code text,
    receipt blob
) strict;
create index attempts_of_submission on attempts (submission, id);

create table held (
    what text not null,
    kind text not null,
    unit text not null,
    patient text not null,
    rule text not null,
    text text not null,
    remedy text not null,
    origins text not null,
    since text not null,
    primary key (what, kind, unit, patient, rule)
) strict;

create table approvals (
    kind text not null,
    subject text not null,
    at text not null,
    who text not null,
    primary key (kind, subject)
) strict;

create table proposals (
    kind text not null,
    subject text not null,
    text text not null,
    primary key (kind, subject)
) strict;

create table settings_history (
    digest blob primary key,
    first_seen text not null,
    text text not null
) strict;

create table audit (
    seq integer primary key,
    at text not null,
    who text not null,
    what text not null,
    bundle_id text not null,
    outcome text not null,
    hash blob not null
) strict;
create trigger audit_is_not_changed before update on audit
begin select raise(abort, 'the audit chain is append-only'); end;
create trigger audit_is_not_deleted before delete on audit
begin select raise(abort, 'the audit chain is append-only'); end;
