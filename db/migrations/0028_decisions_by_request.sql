-- What was signed on a request is read at each look at it, and in each inbox: since a word can be taken back, the index
-- of first words alone no longer finds them all.
create index decision_by_request on decision (request_id, principal, role, number desc);
