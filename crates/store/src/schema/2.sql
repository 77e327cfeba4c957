-- Format 2: what tells of a person is sealed or a keyed hash. Never edited: databases of this format exist.
--
-- "sealed": XChaCha20-Poly1305 under a key from outside the data folder; bound to its column and row (`seal.rs`).
-- "lookup": HMAC-SHA256 under a key that is itself sealed in `secrets`; equal values stay equal and say nothing else.
-- Plain are: times, states, counts, codes of rules and results, names of source instances, kinds, institution numbers, Bundle-IDs
-- (their local part is a hash) and the digests of whole files and contents.

create table secrets (
    name text primary key,
    value blob not null                 -- sealed
) strict;

create table counters (
    name text primary key,
    value integer not null
) strict;

create table inputs (
    id integer primary key,
    instance text not null,
    path_key blob not null,             -- lookup of instance and path
    path blob not null,                 -- sealed: folders of storages are named after patients
    size integer not null,
    mtime text not null,
    digest blob not null,
    valid integer not null,
    records integer not null,
    reader text not null,
    last_run integer not null,
    gone_since integer,
    gone_accepted integer not null default 0,
    unique (instance, path_key)
) strict;

create table patients (
    key blob primary key,               -- lookup of space and id
    space text not null,
    id blob not null,                   -- sealed
    position integer not null,          -- order of first receipt
    changed integer not null,           -- mark of the newest change
    considered integer not null default 0,
    considered_at text,
    tables text
) strict;
create index patients_to_consider on patients (position) where changed > considered;

create table statements (
    id integer primary key,
    input integer not null references inputs (id) on delete cascade,
    patient blob not null references patients (key),
    identity blob not null,             -- lookup of the body
    format integer not null,
    body blob not null,                 -- sealed
    unique (input, identity)
) strict;
create index statements_of_patient on statements (patient);

create table patient_issues (
    patient blob not null references patients (key),
    code text not null,
    primary key (patient, code)
) strict, without rowid;
create index patient_issues_by_code on patient_issues (code);

create table unmapped (
    patient blob not null references patients (key),
    key blob not null,                  -- lookup of the code with its text
    line blob not null,                 -- sealed: diagnoses are typed by hand
    since text not null,
    primary key (patient, key)
) strict;
create index unmapped_by_code on unmapped (key);

create table raw_inputs (
    id integer primary key,
    instance text not null,
    path_key blob not null,
    path blob not null,                 -- sealed
    digest blob not null,               -- lookup of the bytes
    size integer not null,
    received_at text not null,
    read_at text,
    bytes blob                          -- deflated, then sealed; null when pruned
) strict;
create index raw_inputs_of_path on raw_inputs (instance, path_key, id);
create index raw_inputs_unread on raw_inputs (id) where read_at is null;

create table issued (
    bundle_id text primary key,
    unit blob not null,                 -- lookup of the Unit without its generation
    name blob not null,                 -- sealed: the Unit
    generation integer not null,
    last_attempt text                   -- file id, as in issued.log
) strict;
create index issued_of_unit on issued (unit);

create table ledger (
    id integer primary key,
    bundle_id text not null unique,
    kind text not null,
    institution text not null,
    unit blob not null,                 -- lookup of the Unit without its generation
    patient blob not null,              -- lookup
    name blob not null,                 -- sealed: the Unit
    generation integer not null,
    state text not null,
    accepted_content blob,
    accepted_person blob,               -- sealed: insured id and identity hash
    accepted_members integer,
    accepted_ig text,
    accepted_at text,
    cancelled_at text,
    result_code text,
    doubt text,                         -- what issued.log knows and this database does not
    doubt_person blob,                  -- sealed: the other insured id that it may live under
    unique (unit, generation)
) strict;
create index ledger_of_patient on ledger (patient, kind);

create table submissions (
    id integer primary key,
    unit integer not null references ledger (id),
    operation text not null,
    state text not null,
    content blob not null,
    person blob not null,               -- sealed: insured id and identity hash
    has_insured integer not null,
    members integer not null,
    ig text not null,
    queued_at text not null,
    answer text,
    result_code text,
    result_text blob                    -- sealed: the centre may name the person
) strict;
create index submissions_due on submissions (state, id);
create index submissions_of_unit on submissions (unit, id);

create table payloads (
    submission integer primary key references submissions (id) on delete cascade,
    bytes blob not null                 -- deflated, then sealed
) strict;

create table attempts (
    id integer primary key,
    submission integer not null references submissions (id) on delete cascade,
    file_id text not null unique,
    addressed blob,                     -- lookup of the insured id that the request was addressed with
    sent_at text not null,
    answered_at text,
    answer text,
    result_code text,
    receipt blob                        -- sealed
) strict;
create index attempts_of_submission on attempts (submission, id);

create table held (
    scope blob not null,                -- lookup
    key blob not null,                  -- lookup of what, kind, unit, patient, rule
    what text not null,
    rule text not null,
    since text not null,
    line blob not null,                 -- sealed
    primary key (scope, key)
) strict;

create table approvals (
    kind text not null,
    subject blob not null,              -- lookup
    at text not null,
    who text not null,
    primary key (kind, subject)
) strict;

create table proposals (
    kind text not null,
    subject blob not null,              -- lookup
    line blob not null,                 -- sealed: subject and text
    primary key (kind, subject)
) strict;

alter table audit add column patient blob;   -- lookup, as in ledger; part of the chained hash where it is set
