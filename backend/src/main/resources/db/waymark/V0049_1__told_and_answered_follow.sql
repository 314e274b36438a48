-- Two records turn out to be one person, or two court dates one: what was told and answered is then the other's. What was said
-- stays as it was said; only whose and of which date it is, and of which of its versions, may be put right.
grant update (person_id, hearing_id, version) on waymark.hearing_told to waymark_app;
grant update (person_id, hearing_id, version) on waymark.hearing_answer to waymark_app;
