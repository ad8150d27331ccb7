-- The api looks for these whenever there are new events: few among all that are open.
create index approval_request_automatic on approval_request (opened_at)
  where state = 'open' and terms -> 'policy' ? 'automatic';
