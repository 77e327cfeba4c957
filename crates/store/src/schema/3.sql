-- Format 3: what goes to the centre beside a submission's own request. Never edited: databases of this format exist.

create table errands (
    id integer primary key,
    submission integer not null references submissions (id) on delete cascade,
    file_id text not null unique,
    purpose text not null,              -- inquiry or attachment
    attempt integer,                    -- inquiry: the newest attempt by then; null before the first
    addressed blob,                     -- inquiry: lookup of the insured id that it was addressed with
    attachment integer,                 -- attachment: its row
    state text not null,                -- sent, lost, answered, or void: asked before a person looked
    sent_at text not null,
    answered_at text,
    answer text,
    result_code text,
    receipt blob                        -- sealed
) strict;
create index errands_of_submission on errands (submission, id);
create index errands_open on errands (submission) where state = 'sent';

create table attachments (
    id integer primary key,
    submission integer not null references submissions (id) on delete cascade,
    place integer not null,             -- order in the document
    reference text not null,            -- as the document names it: of Bundle-ID and digest
    digest blob not null,               -- of the bytes
    about blob not null,                -- sealed: MIME type and title
    bytes blob,                         -- deflated, then sealed; null when they have served
    held_at text,                       -- when the centre took it
    unique (submission, place)
) strict;

create table signatures (
    submission integer primary key references submissions (id) on delete cascade,
    bytes blob                          -- sealed; null where the payload itself holds the signature
) strict;
