pragma foreign_keys = off;
BEGIN TRANSACTION;
CREATE TABLE approvals (
    kind text not null,
    subject text not null,
    at text not null,
    who text not null,
    primary key (kind, subject)
) strict;
INSERT INTO "approvals" VALUES('plan','','2026-11-22T09:00:00+09:00','desk');
CREATE TABLE attempts (
    id integer primary key,
    submission integer not null references submissions (id) on delete cascade,
    file_id text not null unique,
    sent_at text not null,
    answered_at text,
    answer text,
    result_code text,
    receipt blob
) strict;
INSERT INTO "attempts" VALUES(1,1,'TG0','2026-11-22T09:00:00+09:00','2026-11-22T09:00:00+09:00','accepted','0000',X'3C726563656970742F3E');
INSERT INTO "attempts" VALUES(2,2,'TG1','2026-11-22T09:00:00+09:00',NULL,NULL,NULL,NULL);
INSERT INTO "attempts" VALUES(3,4,'TG3','2026-11-22T09:00:00+09:00','2026-11-22T09:00:00+09:00','accepted','0000',X'3C726563656970742F3E');
INSERT INTO "attempts" VALUES(4,5,'TG4','2026-11-22T09:00:00+09:00','2026-11-22T09:00:00+09:00','qualification','Q001',X'3C726563656970742F3E');
INSERT INTO "attempts" VALUES(5,6,'TG5','2026-11-22T09:00:00+09:00','2026-11-22T09:00:00+09:00','accepted','0000',X'3C726563656970742F3E');
CREATE TABLE audit (
    seq integer primary key,
    at text not null,
    who text not null,
    what text not null,
    bundle_id text not null,
    outcome text not null,
    hash blob not null
) strict;
INSERT INTO "audit" VALUES(1,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-1-0','queued',X'047E210B1DD60874EC679D9056B4FE014C24C9035CED4C28B3EFBCDAA27F4C03');
INSERT INTO "audit" VALUES(2,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-2-0','queued',X'29580B84B3FF42A85F4B00CEC3D4B2B27E42311B5144E534FBFCA9494464D753');
INSERT INTO "audit" VALUES(3,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-3-0','queued',X'AC0687E935556A4F9A2D7476EC51B769A754D95A11962A0E695A9D37490225BA');
INSERT INTO "audit" VALUES(4,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-4-0','queued',X'486504275B4AEFB2C46F7AE5CB878A8E0FC8EC00F69CF7B687D5F4D3C3EBBF4E');
INSERT INTO "audit" VALUES(5,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-5-0','queued',X'A1614BE5DE830457F409E15BC8A8FB480234FDB1E7F0EDB9FA430B13BEBE912E');
INSERT INTO "audit" VALUES(6,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-1-0','sent',X'1930CAB711CEBDCA01E289C97A074CA1EAB30C24B73C04A4C37BA12E2B2A4C9B');
INSERT INTO "audit" VALUES(7,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-2-0','sent',X'099E8DF8F73EF3CF5AA9E6CE3B2EF27545E6739600A8D34E459185AEC8F77DCD');
INSERT INTO "audit" VALUES(8,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-4-0','sent',X'2C6E1DB0B1766DB3E02D402C9EAE8BAD88FF99FE4FA8BFE90AF2A20209337360');
INSERT INTO "audit" VALUES(9,'2026-11-22T09:00:00+09:00','desk','register','1319999999^2026^clinic-5-0','sent',X'066DEA87844E38236DCB0694EA9EAB89C0809571703C702AFD72B0A7C4FAA6CD');
INSERT INTO "audit" VALUES(10,'2026-11-22T09:00:00+09:00','centre','register','1319999999^2026^clinic-1-0','accepted',X'85D06CF75C581D33AAC89BFCE35EE552092CDF9896A46E88C79C2212940960DC');
INSERT INTO "audit" VALUES(11,'2026-11-22T09:00:00+09:00','centre','register','1319999999^2026^clinic-4-0','accepted',X'822F138A76455E0B79283E6EA97F13D630C7009706BC6F270F8C53ADE6C9CD8E');
INSERT INTO "audit" VALUES(12,'2026-11-22T09:00:00+09:00','centre','register','1319999999^2026^clinic-5-0','qualification',X'4CFAC81D5EB67A7D7880BB34B67D7132C1F055B85FD91829AA0A0942D7353B8C');
INSERT INTO "audit" VALUES(13,'2026-11-22T09:00:00+09:00','desk','cancel','1319999999^2026^clinic-4-0','queued',X'7552B7D4D13DB720340BA79BE965B10B150B70CB51004B70559FF7FF9EC2F954');
INSERT INTO "audit" VALUES(14,'2026-11-22T09:00:00+09:00','desk','cancel','1319999999^2026^clinic-4-0','sent',X'5C46B69866E92408D646CB90AFCA4DE185F30CF22065CEFBCA75FA5B3AD72AFB');
INSERT INTO "audit" VALUES(15,'2026-11-22T09:00:00+09:00','centre','cancel','1319999999^2026^clinic-4-0','accepted',X'126E7674452182F8F3821E900A2630C47FC8F2B9B47D9EF30E2AF01780238B3A');
INSERT INTO "audit" VALUES(16,'2026-11-22T09:00:00+09:00','desk','change','1319999999^2026^clinic-1-0','queued',X'EB8743FDCC5E89ECBCE8AD6011B6711BAC642A569D456AC91D0ACF683A47F28C');
INSERT INTO "audit" VALUES(17,'2026-11-22T09:00:00+09:00','desk','approve','','plan',X'F0243398E63C7ACFD1496BA012ED5759B8673846C6C6C1B8E33C955DC6430601');
CREATE TABLE held (
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
INSERT INTO "held" VALUES('unit','lab','20260101 1','0000000002','CLINS-001','held','ask','000/001/0000000002/c PID-3','2026-11-22T09:00:00+09:00');
CREATE TABLE inputs (
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
INSERT INTO "inputs" VALUES(1,'storage','000/001/0000000001/a',12,'m',X'07070707070707070707070707070707',1,1,'0.1.0',1,NULL,0);
INSERT INTO "inputs" VALUES(2,'storage','000/001/0000000001/b',12,'m',X'07070707070707070707070707070707',1,1,'0.1.0',1,NULL,0);
CREATE TABLE instances (
    name text primary key,
    first_complete_run integer,
    last_complete_run integer
) strict;
INSERT INTO "instances" VALUES('storage',1,1);
CREATE TABLE issued (
    bundle_id text primary key,
    kind text not null,
    institution text not null,
    patient text not null,
    report text not null,
    generation integer not null
) strict;
INSERT INTO "issued" VALUES('1319999999^2026^clinic-1-0','condition','1319999999','clinic/1','',0);
INSERT INTO "issued" VALUES('1319999999^2026^clinic-2-0','condition','1319999999','clinic/2','',0);
INSERT INTO "issued" VALUES('1319999999^2026^clinic-4-0','condition','1319999999','clinic/4','',0);
INSERT INTO "issued" VALUES('1319999999^2026^clinic-5-0','condition','1319999999','clinic/5','',0);
CREATE TABLE ledger (
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
INSERT INTO "ledger" VALUES(1,'1319999999^2026^clinic-1-0','condition','1319999999','clinic/1','',0,'queued',X'0101010101010101010101010101010101010101010101010101010101010101',X'0101010101010101010101010101010101010101010101010101010101010101','01234567:1:1:01',1,'1.10.0','2026-11-22T09:00:00+09:00',NULL,'0000');
INSERT INTO "ledger" VALUES(2,'1319999999^2026^clinic-2-0','condition','1319999999','clinic/2','',0,'sent',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "ledger" VALUES(3,'1319999999^2026^clinic-3-0','condition','1319999999','clinic/3','',0,'queued',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "ledger" VALUES(4,'1319999999^2026^clinic-4-0','condition','1319999999','clinic/4','',0,'cancelled',NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-22T09:00:00+09:00','0000');
INSERT INTO "ledger" VALUES(5,'1319999999^2026^clinic-5-0','condition','1319999999','clinic/5','',0,'rejected',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'Q001');
CREATE TABLE payloads (
    submission integer primary key references submissions (id) on delete cascade,
    bytes blob not null
) strict;
INSERT INTO "payloads" VALUES(2,X'0101010101010101');
INSERT INTO "payloads" VALUES(3,X'0101010101010101');
INSERT INTO "payloads" VALUES(5,X'0101010101010101');
INSERT INTO "payloads" VALUES(7,X'0202020202020202');
CREATE TABLE proposals (
    kind text not null,
    subject text not null,
    text text not null,
    primary key (kind, subject)
) strict;
INSERT INTO "proposals" VALUES('brake','subject 1','Unit of patient 1 shrinks');
CREATE TABLE runs (
    id integer primary key,
    as_of text not null,
    started text not null,
    finished text,
    result text
) strict;
INSERT INTO "runs" VALUES(1,'2026-11-22T09:00:00+09:00','2026-11-22T09:00:00+09:00','2026-11-22T09:00:00+09:00','done');
CREATE TABLE settings_history (
    digest blob primary key,
    first_seen text not null,
    text text not null
) strict;
INSERT INTO "settings_history" VALUES(X'38635E8EC9852236879A57647A8B024B413118CA60F078F6A774692B55D02F15','2026-11-22T09:00:00+09:00','[report]
start_date = "2026-01-01"
');
CREATE TABLE statements (
    id integer primary key,
    input integer not null references inputs (id) on delete cascade,
    space text not null,
    patient text not null,
    identity blob not null,
    format integer not null,
    body text not null,
    unique (input, identity)
) strict;
INSERT INTO "statements" VALUES(1,1,'clinic','0000000001',X'8E71F26E3CA73206AD8B9693A4CC6CDC0E268B24A5F8716761F3B40162DA1BFC',1,'{"List":{"patient":{"space":"clinic","id":"0000000001"},"scope":{"source":"storage","feed":"PPR-01","part":""},"version":{"time":1,"rank":0,"sequence":0},"presence":"Present","input":{"path":"000/001/0000000001/a","digest":[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]}}}');
INSERT INTO "statements" VALUES(2,1,'clinic','0000000002',X'7F58F140068249964BD7652D4BEC275E300BE8C8DA3F19E6E9E1819A6F5CBF4E',1,'{"List":{"patient":{"space":"clinic","id":"0000000002"},"scope":{"source":"storage","feed":"PPR-01","part":""},"version":{"time":1,"rank":0,"sequence":0},"presence":"Present","input":{"path":"000/001/0000000001/a","digest":[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]}}}');
INSERT INTO "statements" VALUES(3,2,'clinic','0000000001',X'E8AF6F6055252FF413D59852F70FC5FA21805BC6A8E34B675B9231F4E3E11EB7',1,'{"List":{"patient":{"space":"clinic","id":"0000000001"},"scope":{"source":"storage","feed":"PPR-01","part":""},"version":{"time":2,"rank":0,"sequence":0},"presence":"Present","input":{"path":"000/001/0000000001/a","digest":[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]}}}');
CREATE TABLE submissions (
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
INSERT INTO "submissions" VALUES(1,1,'register','accepted',X'0101010101010101010101010101010101010101010101010101010101010101',X'0101010101010101010101010101010101010101010101010101010101010101','01234567:1:1:01',1,'1.10.0','2026-11-22T09:00:00+09:00','accepted','0000','');
INSERT INTO "submissions" VALUES(2,2,'register','sent',X'0101010101010101010101010101010101010101010101010101010101010101',X'0101010101010101010101010101010101010101010101010101010101010101','01234567:1:1:01',1,'1.10.0','2026-11-22T09:00:00+09:00',NULL,NULL,NULL);
INSERT INTO "submissions" VALUES(3,3,'register','queued',X'0101010101010101010101010101010101010101010101010101010101010101',X'0101010101010101010101010101010101010101010101010101010101010101','01234567:1:1:01',1,'1.10.0','2026-11-22T09:00:00+09:00',NULL,NULL,NULL);
INSERT INTO "submissions" VALUES(4,4,'register','accepted',X'0101010101010101010101010101010101010101010101010101010101010101',X'0101010101010101010101010101010101010101010101010101010101010101','01234567:1:1:01',1,'1.10.0','2026-11-22T09:00:00+09:00','accepted','0000','');
INSERT INTO "submissions" VALUES(5,5,'register','rejected',X'0101010101010101010101010101010101010101010101010101010101010101',X'0101010101010101010101010101010101010101010101010101010101010101','01234567:1:1:01',1,'1.10.0','2026-11-22T09:00:00+09:00','qualification','Q001','insured not found');
INSERT INTO "submissions" VALUES(6,4,'cancel','accepted',X'0000000000000000000000000000000000000000000000000000000000000000',X'0000000000000000000000000000000000000000000000000000000000000000','',0,'1.10.0','2026-11-22T09:00:00+09:00','accepted','0000','');
INSERT INTO "submissions" VALUES(7,1,'change','queued',X'0202020202020202020202020202020202020202020202020202020202020202',X'0101010101010101010101010101010101010101010101010101010101010101','01234567:1:1:01',1,'1.10.0','2026-11-22T09:00:00+09:00',NULL,NULL,NULL);
CREATE INDEX statements_of_patient on statements (space, patient);
CREATE INDEX issued_of_unit on issued (kind, institution, patient, report);
CREATE INDEX submissions_due on submissions (state, id);
CREATE INDEX submissions_of_unit on submissions (unit, id);
CREATE INDEX attempts_of_submission on attempts (submission, id);
CREATE TRIGGER audit_is_not_changed before update on audit
begin select raise(abort, 'the audit chain is append-only'); end;
CREATE TRIGGER audit_is_not_deleted before delete on audit
begin select raise(abort, 'the audit chain is append-only'); end;
COMMIT;
pragma application_id = 1953720180;
pragma user_version = 1;
