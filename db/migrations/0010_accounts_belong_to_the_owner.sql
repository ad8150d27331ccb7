-- Who there is, what they may and which token speaks for them is changed by the owner alone: a worker, a gateway or an
-- api that is taken over makes nobody a signer. The application notes when a token was last used.
revoke insert, update on project, principal, role_grant, api_token from assay_app;
grant update (last_used_at) on api_token to assay_app;
