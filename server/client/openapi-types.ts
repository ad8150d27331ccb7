/** Generated from the OpenAPI document by `npx vitest run --project contract -u test/contract/openapi.test.ts`. */
export interface paths {
    "/v1/aliases/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where an alias points, and how it came there */
        get: operations["showAlias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/aliases/{alias}/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say since when a move of an alias was so in truth
         * @description It stands beside what was on file, which stays: `asKnownAt` still answers as before. It changes no traffic. `effectiveAt` null: the move never took effect. Needs the role admin in the project.
         */
        post: operations["correctAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/aliases/{alias}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was live at a moment, who approved it, and on which evidence
         * @description Without `at`: now. With `asKnownAt` corrections that came later do not count. During a canary there are two versions. A move counts from its moment on. Who approved is read from the signed statements.
         */
        get: operations["showLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people were asked to sign */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All that a signer should see before they sign */
        get: operations["showApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/comparison": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is asked to be released, held against what served when it was evaluated
         * @description Metrics with intervals, slices by expected answer, the ten worst regressions (texts masked and cut), and what differs in data, plan, cost and latency. What is not known says why.
         */
        get: operations["showComparison"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign what you decided about exactly the content that you saw
         * @description The policy of the request says who may sign. An equal repeated decision is the first one. `withdraw` takes back what you said before, until the request ends; then you may decide again. A token needs the scope `approve`.
         */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A request with every signature, to be checked elsewhere
         * @description Of an approved one, roles as they were held at the release; of another, as they are now.
         */
        get: operations["exportApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{id}/waivers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign an exception for one answer that blocks, for one purpose, until a moment
         * @description The policy of the request says who may waive. An equal repeated waiver is the first one. A token needs the scope `approve`.
         */
        post: operations["waive"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audit log in leaf order
         * @description Entries of projects in which the caller has no part are there by their hash alone, so that the tree can still be recomputed. As JSON lines the next page is named by the header `x-assay-next`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All signed checkpoints of the audit log, the smallest first */
        get: operations["listCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/checkpoints/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last signed checkpoint of the audit log */
        get: operations["showLatestCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The key that verifies checkpoints of the audit log, as this server names it
         * @description Whoever must not trust this server takes the key from those who run it, once, by another way.
         */
        get: operations["showAuditKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/proofs/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof that the audit log of a size begins with that of an earlier size
         * @description Without `to`, with the size of the last checkpoint.
         */
        get: operations["proveConsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/proofs/inclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The proof that an entry stands in the audit log of a size
         * @description Without `size`, in that of the last checkpoint.
         */
        get: operations["proveInclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/bootstrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the first admin, by the code of `assay accounts bootstrap`
         * @description The code counts once and for an hour. Refused where there is an admin of the installation.
         */
        post: operations["bootstrap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set your password by a code that an admin gave you */
        post: operations["setPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in as an identity of the demonstration, under `assay dev` only */
        post: operations["signInAsDemo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/device": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask to be let in as a person who confirms it elsewhere (RFC 8628)
         * @description Show the code and the address, and poll. The codes count for ten minutes.
         */
        post: operations["startDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/device/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a device speak for you, or deny it
         * @description Only by a session. Confirm a code only where you see it on a device of yours.
         */
        post: operations["confirmDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/device/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** See which device waits under a code */
        post: operations["lookAtDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/device/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fetch the token of a device that was let in
         * @description Until then a problem with `details.error`: authorization_pending, slow_down, access_denied or expired_token. The token is given once, and is good for 12 hours.
         */
        post: operations["pollDevice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/local": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with an account of this installation
         * @description The session is a cookie. Ten wrong passwords within 15 minutes lock an account for the address they came from.
         */
        post: operations["signInLocally"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How people sign in here */
        get: operations["showSignInOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change your own password */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End the session, or the token, that asks
         * @description A token needs the scope `read`.
         */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The delegations that you gave or were given */
        get: operations["listDelegations"];
        put?: never;
        /**
         * Let somebody else sign for you in one role, for a time
         * @description It is signed, recorded, and never lets somebody sign who had a part in what is asked about, nor anybody for them. Who signs for another has a part in the project.
         */
        post: operations["delegate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/delegations/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a delegation
         * @description What was signed under it counts no more for a release that has not been.
         */
        post: operations["revokeDelegation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens in the caller's projects, as it happens
         * @description As server-sent events (`text/event-stream`): the data of each is this object, its id the leaf of the audit log. With `Last-Event-ID` it goes on from there; an event `missed` says that too much happened since. A stream ends after a minute and is to be asked for anew.
         */
        get: operations["followEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evidence/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A fact that one of the caller's projects has used */
        get: operations["showEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say what items that an alias answered really were
         * @description Needs the role author or ml-lead or product or admin in the project.
         */
        post: operations["recordFeedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The base models that were imported, and those that were refused */
        get: operations["listImports"];
        put?: never;
        /**
         * Ask for the import of a base model
         * @description A worker asks the provider whether it serves the model, or reads the folder of weights into the artifact store. Ask for the import again until it has ended. Needs the role author or ml-lead or admin in the project.
         */
        post: operations["requestImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/imports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import, by its id or by the version that it made */
        get: operations["showImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation-admins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a person an admin of the installation; needs one */
        post: operations["grantAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/installation-admins/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take from somebody that they are an admin of the installation; needs one */
        post: operations["revokeAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How full the accounts of the providers are
         * @description Accounts are shared by all projects; of runs, those of the caller’s projects are named.
         */
        get: operations["listLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of all models of a project, and where they are live */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of one model, and where they are live */
        get: operations["listVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{version}/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The model card of a version, generated from evidence */
        get: operations["showModelCard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{version}/checklist": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every question of the checklist, answered for a version as it is now */
        get: operations["showChecklist"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{version}/datasheet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The datasheet of a version's data, generated from evidence */
        get: operations["showDatasheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{version}/recreations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a version again from its pinned inputs, and grade what comes out
         * @description The run takes the sealed sources, plan and seed of the original, trains and evaluates once more, and asks for no approval. It is a training like any other: its provider is paid. Needs the role author or auditor in the project.
         */
        post: operations["recreateModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the caller gets mail */
        get: operations["showAddress"];
        /**
         * Get mail at an address, or none any more
         * @description What waits for the caller is mailed there in every project that sends people mail.
         */
        put: operations["changeAddress"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where events of a project are told
         * @description Needs the role admin or ml-lead in the project.
         */
        get: operations["listChannels"];
        put?: never;
        /**
         * Tell events of a project by e-mail, in Slack or to a webhook
         * @description A message to people names the model, the digest, the deadline and a link; it holds no evidence, and neither it nor the link decides anything. One channel of a project may send people mail of their own. Needs the role admin or ml-lead in the project.
         */
        post: operations["addChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/channels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Tell nothing more by a channel
         * @description What was still to be sent is dead; its deliveries can still be read. Repeating it changes nothing. Needs the role admin or ml-lead in the project.
         */
        delete: operations["removeChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/channels/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent by a channel, and what became of it
         * @description With `state=dead` what was tried often enough and did not arrive. Needs the role admin or ml-lead in the project.
         */
        get: operations["listChannelDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/channels/{id}/deliveries/{delivery}/redeliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message of a channel again, also one that had arrived
         * @description It keeps its id: the `webhook-id` of a webhook, the Message-ID of a mail. Needs the role admin or ml-lead in the project.
         */
        post: operations["redeliverNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/channels/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Use other secrets from the next attempt on
         * @description What a webhook signs with, or the address of Slack. A channel of e-mail has none. Needs the role admin or ml-lead in the project.
         */
        post: operations["changeChannelSecrets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/channels/{id}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message that tells of nothing, to try a channel
         * @description By e-mail it goes to the mailboxes, and where people get mail of their own, to the address of who asks. Needs the role admin or ml-lead in the project.
         */
        post: operations["testChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent by all channels of a project, and what became of it
         * @description With `state=dead` what was tried often enough and did not arrive. Needs the role admin or ml-lead in the project.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The policies that runs were asked for with */
        get: operations["listPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a policy would have said of past requests
         * @description The signatures on file are counted by this policy, the latest requests first. Nothing is written.
         */
        post: operations["tryPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/principals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List people and services, with the roles that you administer
         * @description Needs the role admin in the project.
         */
        get: operations["listPrincipals"];
        put?: never;
        /** Make a person or a service; needs an admin of the installation */
        post: operations["createPrincipal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/principals/{id}/codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issue a code by which somebody sets their password
         * @description It is shown once, counts once, and for three days. Needs an admin of the installation.
         */
        post: operations["issueCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/principals/{id}/deactivations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End at once all that a person or a service may do
         * @description Roles, tokens and sessions end. Needs an admin of the installation.
         */
        post: operations["deactivatePrincipal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/principals/{id}/reactivations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let somebody who was deactivated sign in again
         * @description Roles and tokens stay ended: grant them anew. Needs an admin of the installation.
         */
        post: operations["reactivatePrincipal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the projects in which you have a part; as an admin of the installation, all */
        get: operations["listProjects"];
        put?: never;
        /**
         * Make a project; needs an admin of the installation
         * @description Whoever makes it holds the roles admin and author in it.
         */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prompts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The versions of all prompts of a project, and the aliases that point at them */
        get: operations["listPrompts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prompts/{name}/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the aliases of a prompt point */
        get: operations["listPromptAliases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prompts/{name}/aliases/{alias}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Point an alias of a prompt at a version, by compare-and-swap
         * @description A name for authors. What is served does not follow it: a prompt reaches callers through a run and its approval. Needs the role author or ml-lead or admin in the project.
         */
        post: operations["setPromptAlias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prompts/{name}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a text as the next version of a prompt
         * @description Needs the role author or ml-lead or admin in the project.
         */
        post: operations["pushPrompt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prompts/{reference}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of a prompt: `triage@3`, `triage:best`, or `triage` for the latest */
        get: operations["showPrompt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/role-grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give somebody else a role in a project
         * @description An admin of the installation may do it in every project. Needs the role admin in the project.
         */
        post: operations["grantRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/role-grants/revocations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a role from somebody
         * @description Needs the role admin in the project.
         */
        post: operations["revokeRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roles of a project, and who holds them */
        get: operations["listRoles"];
        put?: never;
        /**
         * Add a role of the project's own, which policies may name
         * @description It stays. It permits nothing by itself: a policy says what its holders sign. Needs the role admin in the project.
         */
        post: operations["declareRole"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest runs of a project, and where they stand */
        get: operations["listRuns"];
        put?: never;
        /**
         * Ask for a run of a plan
         * @description The plan is a lifecycle file with everything that it refers to, as `assay plan --json` prints it under `plan`. A worker takes the run up within a second. Needs the role author in the project.
         */
        post: operations["startRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run with its stages, what it waits for, and the evidence that it left */
        get: operations["showRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask a run to pause, to resume or to end
         * @description The run obeys where it next looks: within a second in most stages. Needs the role author or ml-lead or admin in the project.
         */
        post: operations["commandRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/forks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a run that goes on from a stage of this one
         * @description The stages before `from` are taken over with their evidence, once their artifacts are found to be there; that stage and what follows is done. Without `from` a failed or cancelled run is retried where it stopped. A changed plan may differ only in what the stages taken over do not depend on. Approvals are never taken over. Needs the role author in the project.
         */
        post: operations["forkRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened in a run: state changes and training events, in order
         * @description Follow a run by asking again with `after` set to the `next` of the answer before, until `isComplete`. Texts of providers are masked and without control characters.
         */
        get: operations["showRunLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What a run of a plan could take over from earlier ones
         * @description Judged as if the sources held what they held when a run last read them, and with the champion of this moment. Whether the artifacts are still there is found by the run. Nothing is started.
         */
        post: operations["previewRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The schedules of a project, and when each is due next */
        get: operations["listSchedules"];
        put?: never;
        /**
         * Run a plan by the clock
         * @description Its runs are requested in the name of who asks for it here. A worker sets the clock within a second. Needs the role author in the project.
         */
        post: operations["createSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A schedule with its next times and its latest runs
         * @description Next times are computed as Temporal computes them, without jitter; also those of a paused schedule.
         */
        get: operations["showSchedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change a schedule, or have it start runs
         * @description An update changes what it names. A backfill starts the runs of times that have passed; a time that has its run gets no other. Needs the role author or ml-lead or admin in the project.
         */
        post: operations["commandSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/{id}/times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The times of a range, and what a backfill of it would start
         * @description The quote is that of the lifecycle’s last training, for each time that has no run yet. Nothing is started.
         */
        get: operations["listScheduleTimes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where you are signed in */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a session of yours */
        post: operations["endSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people are asked, in one inbox
         * @description Of all the caller's projects, or of one, by due date. `state=open` gives all that wait, disputed ones too; `waitingFor=me` what the caller can answer now. A page may hold fewer than `limit` and be followed by others.
         */
        get: operations["listTasks"];
        put?: never;
        /**
         * Put a question before people
         * @description A fact check, a label, a question about a budget, a triage; a service may ask, too. An agreed label of a served request becomes feedback, a fact check of something with a digest becomes evidence about it. Needs the role author or ml-lead or admin in the project.
         */
        post: operations["openTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is asked, of whom, and what was answered
         * @description Until all answers that are needed are in, the caller sees their own only.
         */
        get: operations["showTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign an answer to a task
         * @description Only who is asked may answer, once. An equal repeated answer is the first one. An approval and a waiver are answered on their request, by its decisions and waivers.
         */
        post: operations["answerTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tasks/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far independent answers agree over a batch, beyond chance
         * @description Cohen's kappa where the same two people answered all of them, else Fleiss'. Answers that settled a dispute are not counted. The words for kappa are those of Landis and Koch (1977).
         */
        get: operations["showTaskAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List your tokens, or, as an admin of the installation, those of somebody */
        get: operations["listTokens"];
        put?: never;
        /**
         * Make a token for yourself, or, as an admin of the installation, for a service
         * @description It is shown once. It is good for no more, and for no longer, than the token that made it.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tokens/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revoke a token */
        post: operations["revokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where events of a project are sent
         * @description Needs the role admin or ml-lead in the project.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Send events of a project to an address, signed
         * @description What is sent holds ids and states, and is signed as Standard Webhooks say with each of the secrets, which are references that the worker resolves. It comes at least once; `webhook-id` is the same at every attempt. Needs the role admin or ml-lead in the project.
         */
        post: operations["addWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Send nothing more to an address
         * @description What was still to be sent is dead; its deliveries can still be read. Repeating it changes nothing. Needs the role admin or ml-lead in the project.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent to an address, and what became of it
         * @description With `state=dead` what was tried often enough and did not arrive. Needs the role admin or ml-lead in the project.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{delivery}/redeliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again, also one that had arrived
         * @description It keeps its `webhook-id`: a receiver that has dealt with it can tell. Needs the role admin or ml-lead in the project.
         */
        post: operations["redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/secrets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign with other secrets from the next attempt on
         * @description With the new one and the old one every message has two signatures, until receivers know the new one. Needs the role admin or ml-lead in the project.
         */
        post: operations["changeWebhookSecrets"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message that tells of nothing, to try an address
         * @description Needs the role admin or ml-lead in the project.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the token or the session speaks for, and what they may do */
        get: operations["whoami"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a receiver is told of an event, at least once */
        post: operations["receiveEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AccountList: {
            accounts: components["schemas"]["AccountView"][];
        };
        AccountView: {
            account: string;
            callsUnderWay: number;
            callsWaiting: number;
            heldUntil: string | null;
            jobs: number;
            jobsWaiting: number;
            limits: {
                concurrentJobs?: number;
                concurrentRequests?: number;
                requestsPerMinute?: number;
                tokensPerMinute?: number;
            };
            requestsLeft: number | null;
            runs: {
                isWaiting: boolean;
                runId: string;
            }[];
            tokensLeft: number | null;
        };
        /**
         * @example {
         *       "kind": "email",
         *       "mailboxes": [
         *         "ml-team@example.com"
         *       ]
         *     }
         */
        AddChannel: {
            events: ("run.requested" | "run.began" | "run.paused" | "run.resumed" | "run.finished" | "approval.opened" | "approval.stage-opened" | "approval.reminded" | "approval.escalated" | "approval.closed" | "approval.voided" | "approval.lapsed" | "decision.recorded" | "delegation.recorded" | "waiver.recorded" | "task.opened" | "model.registered" | "alias.moved" | "alias.corrected" | "window.recorded")[];
            /** @constant */
            kind: "webhook";
            secrets: string[];
            /** Format: uri */
            url: string;
        } | {
            /**
             * @default [
             *       "approval.opened",
             *       "approval.stage-opened",
             *       "approval.reminded",
             *       "approval.escalated",
             *       "approval.closed",
             *       "approval.voided",
             *       "approval.lapsed",
             *       "delegation.recorded",
             *       "task.opened"
             *     ]
             */
            events: ("run.requested" | "run.began" | "run.paused" | "run.resumed" | "run.finished" | "approval.opened" | "approval.stage-opened" | "approval.reminded" | "approval.escalated" | "approval.closed" | "approval.voided" | "approval.lapsed" | "decision.recorded" | "delegation.recorded" | "waiver.recorded" | "task.opened" | "model.registered" | "alias.moved" | "alias.corrected" | "window.recorded")[];
            /** @constant */
            kind: "slack";
            secrets: [
                string
            ];
        } | {
            /**
             * @default [
             *       "approval.opened",
             *       "approval.stage-opened",
             *       "approval.reminded",
             *       "approval.escalated",
             *       "approval.closed",
             *       "approval.voided",
             *       "approval.lapsed",
             *       "delegation.recorded",
             *       "task.opened"
             *     ]
             */
            events: ("run.requested" | "run.began" | "run.paused" | "run.resumed" | "run.finished" | "approval.opened" | "approval.stage-opened" | "approval.reminded" | "approval.escalated" | "approval.closed" | "approval.voided" | "approval.lapsed" | "decision.recorded" | "delegation.recorded" | "waiver.recorded" | "task.opened" | "model.registered" | "alias.moved" | "alias.corrected" | "window.recorded")[];
            /** @constant */
            kind: "email";
            /** @default [] */
            mailboxes: string[];
            /** @default true */
            people: boolean;
        };
        /**
         * @example {
         *       "url": "https://hooks.example.com/assay",
         *       "events": [
         *         "run.finished",
         *         "approval.opened"
         *       ],
         *       "secrets": [
         *         "${secret:hooks}"
         *       ]
         *     }
         */
        AddWebhook: {
            events: ("run.requested" | "run.began" | "run.paused" | "run.resumed" | "run.finished" | "approval.opened" | "approval.stage-opened" | "approval.reminded" | "approval.escalated" | "approval.closed" | "approval.voided" | "approval.lapsed" | "decision.recorded" | "delegation.recorded" | "waiver.recorded" | "task.opened" | "model.registered" | "alias.moved" | "alias.corrected" | "window.recorded")[];
            secrets: string[];
            /** Format: uri */
            url: string;
        };
        Alias: {
            alias: string;
            champion: string | null;
            moves: {
                at: string;
                champion: string | null;
                reason: string;
                requestId: string;
                revision: number;
                routes: {
                    versionId: string;
                    weight: number;
                }[];
                runId: string;
            }[];
            revision: number;
            routes: {
                versionId: string;
                weight: number;
            }[];
        };
        AliasCorrection: {
            alias: string;
            at: string;
            by: string;
            effectiveAt: string | null;
            reason: string;
            revision: number;
        };
        AnsweredTask: {
            answer: string;
            answerId: string;
            keyId: string;
            taskId: string;
        };
        /**
         * @example {
         *       "answer": "spam",
         *       "reason": "It asks for a password."
         *     }
         */
        AnswerTask: {
            answer: string;
            /** @default  */
            reason: string;
        };
        Approval: {
            closedAt: string | null;
            closedReason: string | null;
            decisions: components["schemas"]["Decision"][];
            expiresAt: string;
            id: string;
            isIntact: boolean;
            missing: {
                count: number;
                role: string;
                stage: string;
            }[];
            openedAt: string;
            /** @enum {string} */
            outcome: "pending" | "approved" | "rejected" | "changes-requested";
            policyDigest: string;
            project: string;
            runId: string;
            /** @enum {string} */
            state: "open" | "approved" | "rejected" | "changes-requested" | "expired" | "voided";
            subject: {
                baseModel: string;
                dataAnswers: string;
                datasets: {
                    [key: string]: string;
                };
                evaluations: string[];
                gateVerdicts: string;
                target: {
                    alias: string;
                    /** @constant */
                    kind: "gateway";
                    project: string;
                };
                weights: {
                    digest?: string;
                    imported?: string;
                    jobId?: string;
                    model: string;
                    prompt?: string;
                    provider: string;
                };
            };
            subjectDigest: string;
            terms: {
                alsoRequested?: string[];
                answers: {
                    /** @enum {string} */
                    basis: "observed" | "claimed" | "contradicted" | "none";
                    /** @enum {string} */
                    question: "QD1" | "QD2" | "QD3" | "QD4" | "QD5" | "QD6" | "QD7" | "QD8";
                    reason: string;
                    /** @enum {string} */
                    verdict: "pass" | "warn" | "fail" | "unknown";
                }[];
                dataAuthors?: string[];
                disclosure: {
                    acknowledge: string;
                    application: string;
                    notice: string;
                };
                policy: {
                    automatic?: {
                        when: string;
                    };
                    delegation?: boolean;
                    distinctPeople: boolean;
                    fourEyes: {
                        excludeDataAuthors?: boolean;
                        excludeRecipeAuthors?: boolean;
                        excludeRequester: boolean;
                        excludeTrainer?: boolean;
                    };
                    name: string;
                    reauthenticate?: string;
                    reminders?: number[];
                    stages: {
                        after?: string[];
                        name: string;
                        quorum?: number;
                        roles: {
                            count: number;
                            escalate?: {
                                after: string;
                                to: string;
                            }[];
                            people?: string[];
                            role: string;
                            services?: string[];
                            veto?: boolean;
                        }[];
                    }[];
                    validity?: {
                        for: string;
                        /** @enum {string} */
                        whenEnded: "alarm" | "stop";
                    };
                    version: number;
                    waivers: {
                        role: string;
                    };
                };
                quote: {
                    basis: string;
                    costMicroUsd: number;
                    tokens: number;
                    variance?: string;
                };
                recipeAuthors?: string[];
                requester: string;
                /** @enum {string} */
                risk?: "low" | "medium" | "high";
                trainers?: string[];
            };
            unwaived: string[];
            validUntil: string | null;
            viewer: {
                maySignAs: {
                    onBehalfOf: string | null;
                    role: string;
                    stage: string;
                    via: string | null;
                }[];
                mayWaive: boolean;
                principal: string;
                reauthenticate: string | null;
                said: {
                    decisionId: string;
                    role: string;
                    stage: string;
                    verdict: string;
                }[];
                whyNot: string | null;
            };
            waivers: components["schemas"]["Waiver"][];
        };
        ApprovalFile: {
            file: {
                closed?: {
                    at: string;
                    reason: string;
                };
                decisions: {
                    delegation: {
                        delegate: string;
                        delegator: string;
                        envelope: {
                            payload: string;
                            payloadType: string;
                            signatures: {
                                keyid: string;
                                sig: string;
                            }[];
                        };
                        from: string;
                        id: string;
                        revokedAt: string | null;
                        role: string;
                        until: string;
                    } | null;
                    envelope: {
                        payload: string;
                        payloadType: string;
                        signatures: {
                            keyid: string;
                            sig: string;
                        }[];
                    };
                    holdsRole: boolean;
                    id: string;
                    isService: boolean;
                    principal: string;
                    requestId: string;
                    role: string;
                    stage: string;
                    supersedes: string | null;
                    /** @enum {string} */
                    verdict: "approve" | "reject" | "request-changes" | "abstain" | "withdraw";
                }[];
                now: string;
                request: {
                    expiresAt: string;
                    id: string;
                    openedAt: string;
                    policyDigest: string;
                    project: string;
                    runId: string;
                    /** @enum {string} */
                    state: "open" | "approved" | "rejected" | "changes-requested" | "expired" | "voided";
                    subject: {
                        [key: string]: unknown;
                    };
                    subjectDigest: string;
                    terms: {
                        answers: ({
                            question: string;
                            verdict: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        policy: {
                            /** @description What goes out without people. */
                            automatic?: {
                                /**
                                 * @description A condition in CEL under which nobody has to sign; what it cannot answer, people do.
                                 * @example risk == "low" && gates.all(g, g.verdict == "pass")
                                 */
                                when: string;
                            };
                            /**
                             * @description Whether people may let others sign for them; yes where it is left out.
                             * @example false
                             */
                            delegation?: boolean;
                            /**
                             * @description Whether a person who has signed in one role may sign in no other.
                             * @example true
                             */
                            distinctPeople: boolean;
                            /** @description Nobody releases alone. */
                            fourEyes: {
                                /**
                                 * @description Whether authors of the data may not sign for it.
                                 * @example true
                                 */
                                excludeDataAuthors?: boolean;
                                /**
                                 * @description Whether authors of the recipe may not sign for it.
                                 * @example true
                                 */
                                excludeRecipeAuthors?: boolean;
                                /**
                                 * @description Whether who requested the run may not sign for it.
                                 * @example true
                                 */
                                excludeRequester: boolean;
                                /**
                                 * @description Whether who had the model trained may not sign for it.
                                 * @example true
                                 */
                                excludeTrainer?: boolean;
                            };
                            /**
                             * @description The name of the policy.
                             * @example two-person
                             */
                            name: string;
                            /**
                             * @description Since when, at the longest, a signer must have proved who they are.
                             * @example 15m
                             */
                            reauthenticate?: string;
                            /**
                             * @description Per cent of the time at which those who are missing are reminded.
                             * @default [
                             *       50,
                             *       90
                             *     ]
                             * @example [
                             *       50,
                             *       90
                             *     ]
                             */
                            reminders: number[];
                            /** @description The stages of signing, all of which have to be met. */
                            stages: {
                                /**
                                 * @description Stages that have to be met first; stages without it run side by side.
                                 * @example [
                                 *       "risk"
                                 *     ]
                                 */
                                after?: string[];
                                /**
                                 * @description The name of the stage.
                                 * @example release
                                 */
                                name: string;
                                /**
                                 * @description How many have to sign in all its roles together.
                                 * @example 2
                                 */
                                quorum?: number;
                                /** @description Who has to sign at this stage. */
                                roles: {
                                    /**
                                     * @description How many people of the role have to sign; 0 where they may, and need not, for the quorum.
                                     * @example 1
                                     */
                                    count: number;
                                    /** @description A chain: who may sign in its place when nobody of the role has. */
                                    escalate?: {
                                        /**
                                         * @description Since the request was opened.
                                         * @example 2d
                                         */
                                        after: string;
                                        /**
                                         * @description Who may then sign in the place of the role.
                                         * @example ml-lead
                                         */
                                        to: string;
                                    }[];
                                    /**
                                     * @description Only these may sign in the role: with `count: 2`, two of three.
                                     * @example [
                                     *       "ruth",
                                     *       "leo",
                                     *       "mia"
                                     *     ]
                                     */
                                    people?: string[];
                                    /**
                                     * @description A role that people hold in the project.
                                     * @example risk
                                     */
                                    role: string;
                                    /**
                                     * @description Services that may sign in the role; without this, none.
                                     * @example [
                                     *       "ruth",
                                     *       "leo",
                                     *       "mia"
                                     *     ]
                                     */
                                    services?: string[];
                                    /**
                                     * @description Whether one no in this role rejects; yes where it is left out.
                                     * @example true
                                     */
                                    veto?: boolean;
                                }[];
                            }[];
                            /** @description When the approval has to be renewed. */
                            validity?: {
                                /**
                                 * @description How long the approval holds after the release.
                                 * @example 180d
                                 */
                                for: string;
                                /**
                                 * @description Whether people are told, or the version is no longer served either.
                                 * @example alarm
                                 * @enum {string}
                                 */
                                whenEnded: "alarm" | "stop";
                            };
                            /**
                             * @description Counts up when the policy changes.
                             * @example 1
                             */
                            version: number;
                            /** @description Who may make an exception. */
                            waivers: {
                                /**
                                 * @description The role that may waive an answer that blocks.
                                 * @example legal
                                 */
                                role: string;
                            };
                        };
                        requester: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
                waivers: {
                    envelope: {
                        payload: string;
                        payloadType: string;
                        signatures: {
                            keyid: string;
                            sig: string;
                        }[];
                    };
                    holdsRole: boolean;
                    id: string;
                    principal: string;
                    question: string;
                    requestId: string;
                    role: string;
                    until: string;
                }[];
            };
            /** @constant */
            format: "assay-approval/1";
            instance: string;
            publicKey: string;
        };
        ApprovalList: {
            approvals: components["schemas"]["ApprovalSummary"][];
        };
        ApprovalSummary: {
            expiresAt: string;
            id: string;
            name: string;
            openedAt: string;
            project: string;
            runId: string;
            /** @enum {string} */
            state: "open" | "approved" | "rejected" | "changes-requested" | "expired" | "voided";
            subjectDigest: string;
        };
        AuditCheckpoint: {
            /** Format: date-time */
            at: string;
            /** @description A checkpoint of c2sp.org/tlog-checkpoint in a signed note. */
            note: string;
            root: string;
            /** @description How many entries it signs: 0 to size − 1. */
            size: number;
        };
        AuditCheckpointPage: {
            checkpoints: components["schemas"]["AuditCheckpoint"][];
            next: number | null;
        };
        AuditEntry: {
            event: {
                action: string;
                actor: string;
                at: string;
                details: {
                    [key: string]: unknown;
                };
                eventKey: string;
                id: number;
                project: string | null;
                subject: string;
            } | null;
            leafHash: string;
            leafIndex: number;
        };
        AuditKey: {
            keys: {
                /** Format: date-time */
                since: string;
                vkey: string;
            }[];
            origin: string;
            /** @description A verifier key as c2sp.org/signed-note writes it. */
            vkey: string;
        };
        AuditPage: {
            entries: components["schemas"]["AuditEntry"][];
            next: number | null;
        };
        /**
         * @example {
         *       "code": "K7QM-2XNP-9RTD-4HWB",
         *       "account": "ada",
         *       "displayName": "Ada",
         *       "password": "correct horse battery staple"
         *     }
         */
        Bootstrap: {
            account: string;
            code: string;
            displayName: string;
            password: string;
        };
        Bootstrapped: {
            expiresAt: string;
            principal: string;
            token: string;
        };
        /**
         * @example {
         *       "email": "ruth@example.com"
         *     }
         */
        ChangeAddress: {
            email: string | null;
        };
        ChangedGrant: {
            principal: string;
            project: string;
            role: string;
        };
        ChangedPrincipal: {
            id: string;
        };
        /**
         * @example {
         *       "current": "correct horse battery staple",
         *       "password": "nine lives of a spotted cat"
         *     }
         */
        ChangePassword: {
            current: string;
            password: string;
        };
        /**
         * @example {
         *       "secrets": [
         *         "${secret:hooks-2027}",
         *         "${secret:hooks}"
         *       ]
         *     }
         */
        ChangeSecrets: {
            secrets: string[];
        };
        Channel: {
            addedAt: string;
            addedBy: string;
            events: string[];
            id: string;
            /** @enum {string} */
            kind: "webhook" | "email" | "slack";
            mailboxes: string[];
            people: boolean;
            project: string;
            removedAt: string | null;
            secrets: string[];
            url: string | null;
        };
        ChannelDelivery: {
            attempts: number;
            channel: string;
            createdAt: string;
            id: string;
            lastError: string | null;
            lastStatus: number | null;
            nextAttemptAt: string | null;
            recipient: string;
            settledAt: string | null;
            /** @enum {string} */
            state: "pending" | "delivered" | "dead";
            type: string;
        };
        ChannelDeliveryList: {
            deliveries: components["schemas"]["ChannelDelivery"][];
        };
        ChannelList: {
            channels: components["schemas"]["Channel"][];
        };
        Checklist: {
            answers: components["schemas"]["ChecklistAnswer"][];
            at: string;
            runId: string;
            versionId: string;
        };
        ChecklistAnswer: {
            /** @enum {string} */
            basis: "observed" | "claimed" | "contradicted" | "none";
            evidence: string[];
            /** @enum {string} */
            question: "QD1" | "QD2" | "QD3" | "QD4" | "QD5" | "QD6" | "QD7" | "QD8" | "QM1" | "QM2" | "QM3" | "QM4" | "QM5" | "QM6" | "QM7" | "QM8" | "QU1" | "QU2" | "QU3";
            reason: string;
            /** @enum {string} */
            verdict: "pass" | "warn" | "fail" | "unknown" | "waived";
            waiver: {
                by: string;
                /** @enum {string} */
                of: "fail" | "unknown";
                purpose: string;
                until: string;
                why: string;
            } | null;
        };
        /**
         * @example {
         *       "kind": "pause"
         *     }
         */
        Command: {
            /** @enum {string} */
            kind: "pause" | "resume" | "cancel";
        };
        Comparison: {
            candidate: {
                purpose: string;
                versionId: string | null;
            };
            champion: {
                isLive: boolean;
                runId: string;
                /** @constant */
                status: "known";
                versionId: string;
            } | {
                reason: string;
                /** @constant */
                status: "unknown";
            };
            config: {
                changes: {
                    candidate: string | null;
                    champion: string | null;
                    path: string;
                }[];
                /** @constant */
                status: "known";
            } | {
                reason: string;
                /** @constant */
                status: "unknown";
            };
            cost: {
                candidate: {
                    basis: string;
                    costMicroUsd: number;
                    tokens: number;
                };
                champion: {
                    basis: string;
                    costMicroUsd: number;
                    tokens: number;
                } | null;
            };
            data: {
                note: string | null;
                splits: {
                    added: number | null;
                    candidate: {
                        datasetId: string;
                        labels: {
                            [key: string]: number;
                        };
                        records: number;
                    } | null;
                    champion: {
                        datasetId: string;
                        labels: {
                            [key: string]: number;
                        };
                        records: number;
                    } | null;
                    name: string;
                    removed: number | null;
                }[];
                /** @constant */
                status: "known";
            } | {
                reason: string;
                /** @constant */
                status: "unknown";
            };
            gates: {
                candidate: number | null;
                champion: number | null;
                confidence: number;
                difference: {
                    interval: [
                        number,
                        number
                    ];
                    n: number;
                    value: number;
                } | null;
                interval: [
                    number,
                    number
                ] | null;
                /** @enum {string} */
                kind: "at-least" | "no-worse-than-champion";
                limit: number;
                metric: string;
                n: number;
                neededItems: number | null;
                reason: string;
                statistic: number | null;
                task: string;
                /** @enum {string} */
                verdict: "pass" | "fail" | "inconclusive" | "not-applicable";
            }[];
            latency: {
                candidate: {
                    p50Milliseconds: number;
                    p95Milliseconds: number;
                    requests: number;
                    /** @constant */
                    status: "known";
                } | {
                    reason: string;
                    /** @constant */
                    status: "unknown";
                };
                champion: {
                    p50Milliseconds: number;
                    p95Milliseconds: number;
                    requests: number;
                    /** @constant */
                    status: "known";
                } | {
                    reason: string;
                    /** @constant */
                    status: "unknown";
                };
            };
            requestId: string;
            tasks: {
                description: string;
                evidence: string;
                id: string;
                metrics: {
                    candidate: {
                        interval: [
                            number,
                            number
                        ] | null;
                        n: number | null;
                        reason: string | null;
                        value: number | null;
                    };
                    champion: {
                        interval: [
                            number,
                            number
                        ] | null;
                        n: number | null;
                        reason: string | null;
                        value: number | null;
                    } | null;
                    difference: {
                        interval: [
                            number,
                            number
                        ];
                        n: number;
                        value: number;
                    } | null;
                    higherIsBetter: boolean;
                    metric: string;
                }[];
                regressions: {
                    lost: number;
                    /** @constant */
                    status: "known";
                    won: number;
                    worst: {
                        candidate: string;
                        champion: string;
                        expected: string;
                        item: string;
                        text: string | null;
                    }[];
                } | {
                    reason: string;
                    /** @constant */
                    status: "unknown";
                };
                slices: {
                    more: number;
                    slices: {
                        candidate: number;
                        champion: number;
                        difference: number;
                        interval: [
                            number,
                            number
                        ];
                        label: string;
                        n: number;
                        /** @enum {string} */
                        standing: "worse" | "better" | "undecided";
                    }[];
                    /** @constant */
                    status: "known";
                } | {
                    reason: string;
                    /** @constant */
                    status: "unknown";
                };
            }[];
        };
        /**
         * @example {
         *       "userCode": "K7QM-2XNP"
         *     }
         */
        ConfirmDevice: {
            /** @default false */
            deny: boolean;
            userCode: string;
        };
        ConsistencyProof: {
            from: number;
            fromRoot: string;
            proof: string[];
            to: number;
            toRoot: string;
        };
        /**
         * @example {
         *       "revision": 1,
         *       "effectiveAt": "2026-03-03T11:58:00Z",
         *       "reason": "The gateway took the route two minutes before."
         *     }
         */
        CorrectAlias: {
            effectiveAt: string | null;
            reason: string;
            revision: number;
        };
        CreatedProject: {
            id: string;
        };
        CreatedToken: {
            expiresAt: string;
            id: string;
            label: string;
            principal: string;
            scopes: string[];
            token: string;
        };
        /**
         * @example {
         *       "id": "ruth",
         *       "kind": "person",
         *       "displayName": "Ruth Weber",
         *       "email": "ruth@example.com"
         *     }
         */
        CreatePrincipal: {
            displayName: string;
            /** Format: email */
            email?: string;
            id: string;
            /** @enum {string} */
            kind: "person" | "service";
        };
        /**
         * @example {
         *       "id": "inbox"
         *     }
         */
        CreateProject: {
            id: string;
        };
        /**
         * @example {
         *       "id": "nightly",
         *       "plan": {
         *         "apiVersion": "assay/v1"
         *       },
         *       "cron": "0 3 * * *",
         *       "timeZone": "Europe/Berlin"
         *     }
         */
        CreateSchedule: {
            /** @default 3600000 */
            catchUpMilliseconds: number;
            cron: string;
            id: string;
            /** @default 0 */
            jitterMilliseconds: number;
            /**
             * @default skip
             * @enum {string}
             */
            overlap: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "allow-all";
            plan: {
                [key: string]: unknown;
            };
            timeZone: string;
        };
        /**
         * @example {
         *       "label": "laptop",
         *       "scopes": [
         *         "read",
         *         "write"
         *       ],
         *       "expiresInDays": 30
         *     }
         */
        CreateToken: {
            /** @default 90 */
            expiresInDays: number;
            for?: string;
            label: string;
            scopes: ("read" | "write" | "approve")[] | [
                "gateway"
            ];
        };
        Datasheet: {
            answers: components["schemas"]["ChecklistAnswer"][];
            dataset: {
                evidence: string;
                read: number;
                splits: {
                    datasetId: string;
                    labels: {
                        [key: string]: number;
                    };
                    name: string;
                    records: number;
                }[];
                steps: {
                    [key: string]: unknown;
                }[];
                unused: {
                    [key: string]: number;
                };
                used: number;
            } | null;
            /** @constant */
            format: "assay/datasheet/v1";
            gaps: {
                /** @enum {string} */
                question: "QD1" | "QD2" | "QD3" | "QD4" | "QD5" | "QD6" | "QD7" | "QD8" | "QM1" | "QM2" | "QM3" | "QM4" | "QM5" | "QM6" | "QM7" | "QM8" | "QU1" | "QU2" | "QU3";
                reason: string;
                /** @enum {string} */
                verdict: "unknown" | "fail";
                waivedBy: string | null;
                waivedUntil: string | null;
            }[];
            model: string;
            purpose: string;
            runId: string;
            sources: {
                asked: {
                    from: string | null;
                    until: string | null;
                } | null;
                broken: {
                    [key: string]: number;
                };
                bytes: number;
                claims: {
                    /** @constant */
                    kind: "collected-later";
                    medians: {
                        [key: string]: string | null;
                    };
                    statement: string;
                    /** @enum {string} */
                    verdict: "confirmed" | "contradicted" | "untested";
                }[];
                declared: {
                    basis: string;
                    evidence: string | null;
                    licence: string | null;
                    /** @enum {string} */
                    origin: "human" | "synthetic" | "mixed" | "unknown";
                };
                description: string | null;
                evidence: string;
                /** @enum {string} */
                format: "eml" | "jsonl";
                id: string;
                labels: ("path" | "feedback") | null;
                licences: string[];
                origin: {
                    [key: string]: string;
                };
                period: {
                    first: string | null;
                    last: string | null;
                };
                rawDigest: string;
                records: number;
                uri: string;
            }[];
        };
        /**
         * @example {
         *       "verdict": "approve",
         *       "reason": "Better on every slice than what serves now.",
         *       "subjectDigest": "sha256:0000000000000000000000000000000000000000000000000000000000000000"
         *     }
         */
        Decide: {
            conditions?: string[];
            onBehalfOf?: string;
            reason: string;
            role?: string;
            stage?: string;
            subjectDigest: string;
            /** @enum {string} */
            verdict: "approve" | "reject" | "request-changes" | "abstain" | "withdraw";
        };
        Decided: {
            decisionId: string;
            keyId: string;
            requestId: string;
            role: string;
            stage: string;
            subjectDigest: string;
            /** @enum {string} */
            verdict: "approve" | "reject" | "request-changes" | "abstain" | "withdraw";
        };
        Decision: {
            at: string | null;
            authn: {
                at: string;
                method: string;
            } | null;
            automatic: {
                inputs: {
                    [key: string]: unknown;
                };
                when: string;
            } | null;
            conditions: string[];
            id: string;
            keyId: string | null;
            meaning: string | null;
            onBehalfOf: string | null;
            principal: string;
            problem: string | null;
            reason: string | null;
            role: string;
            stage: string;
            supersedes: string | null;
            /** @enum {string} */
            verdict: "approve" | "reject" | "request-changes" | "abstain" | "withdraw";
            via: string | null;
        };
        DeclaredRole: {
            meaning: string;
            name: string;
            project: string;
        };
        /**
         * @example {
         *       "name": "clinical-safety",
         *       "meaning": "Judges the risk to patients."
         *     }
         */
        DeclareRole: {
            meaning: string;
            name: string;
        };
        /**
         * @example {
         *       "to": "mia",
         *       "role": "legal",
         *       "until": "2026-12-24T00:00:00Z",
         *       "reason": "On leave until Christmas."
         *     }
         */
        Delegate: {
            /** Format: date-time */
            from?: string;
            reason: string;
            role: string;
            to: string;
            /** Format: date-time */
            until: string;
        };
        Delegation: {
            delegate: string;
            delegator: string;
            from: string;
            id: string;
            project: string;
            reason: string;
            recordedAt: string;
            revokedAt: string | null;
            role: string;
            until: string;
        };
        DelegationList: {
            delegations: components["schemas"]["Delegation"][];
        };
        /**
         * @example {
         *       "principal": "demo-ruth"
         *     }
         */
        DemoSignIn: {
            principal: string;
        };
        Device: {
            createdAt: string;
            expiresAt: string;
            label: string;
            scopes: string[];
        };
        DeviceToken: {
            expiresAt: string;
            principal: string;
            scopes: string[];
            token: string;
        };
        EndedSession: {
            id: string;
        };
        EvidenceFact: {
            evidence: {
                body: {
                    [key: string]: unknown;
                };
                inputs: string[];
                /** @enum {string} */
                kind: "source-card" | "dataset" | "data-answers" | "training" | "base-model" | "base-import" | "evaluation" | "gate-verdicts" | "approval-subject" | "release" | "monitor-window" | "recreation" | "fact-check";
                producer: {
                    name: string;
                    version: string;
                };
                subject: string;
            };
            id: string;
        };
        /**
         * @example {
         *       "alias": "email-triage",
         *       "labels": [
         *         {
         *           "itemKey": "mail-4711",
         *           "label": "spam"
         *         }
         *       ]
         *     }
         */
        Feedback: {
            alias: string;
            labels: ({
                itemKey: string;
                label: string;
            } | {
                label: string;
                requestId: string;
            })[];
        };
        /**
         * @example {
         *       "from": "evaluate",
         *       "startKey": "after-the-fix"
         *     }
         */
        ForkRun: {
            /** @enum {string} */
            from?: "collect" | "curate" | "fine-tune" | "evaluate" | "approve" | "deploy" | "monitor";
            plan?: {
                [key: string]: unknown;
            };
            reuse?: boolean;
            startKey?: string;
        };
        Import: {
            card: {
                /**
                 * @description What the model is.
                 * @example A language model of 8 billion parameters.
                 */
                description: string;
                /**
                 * @description What its maker promises.
                 * @example none
                 */
                guarantees: string;
                /**
                 * @description The id as in model.base.id.
                 * @example local/linear-ngram
                 */
                id: string;
                /**
                 * @description Its licence, by SPDX id where it has one.
                 * @example Apache-2.0
                 */
                licence: string;
                /**
                 * @description What it is known not to do well.
                 * @example [
                 *       "unknown"
                 *     ]
                 */
                limitations: string[];
                /**
                 * @description When it will no longer be served.
                 * @example none planned
                 */
                retirement: string;
                /**
                 * @description What is disclosed of its training data.
                 * @example unknown
                 */
                trainingData: string;
            };
            endedAt: string | null;
            evidence: string | null;
            id: string;
            name: string;
            reason: string | null;
            requestedAt: string;
            requestedBy: string;
            source: {
                /** @constant */
                kind: "endpoint";
                model: string;
                provider: string;
            } | {
                folder: string;
                /** @constant */
                kind: "weights";
            };
            /** @enum {string} */
            state: "requested" | "imported" | "refused";
            version: string | null;
        };
        ImportList: {
            imports: components["schemas"]["Import"][];
        };
        InclusionProof: {
            leafHash: string;
            leafIndex: number;
            proof: string[];
            root: string;
            size: number;
        };
        IssuedCode: {
            code: string;
            expiresAt: string;
            principal: string;
        };
        Live: {
            alias: string;
            asKnownAt: string;
            at: string;
            champion: string | null;
            correction: {
                at: string;
                by: string;
                reason: string;
            } | null;
            reason: string;
            recordedAt: string;
            requestId: string;
            revision: number;
            runId: string;
            since: string;
            until: string | null;
            versions: {
                approval: {
                    approvedAt: string;
                    decisions: {
                        at: string;
                        principal: string;
                        role: string;
                        verdict: string;
                    }[];
                    evidence: {
                        dataAnswers: string;
                        evaluations: string[];
                        gateVerdicts: string;
                    };
                    policy: string;
                    request: string;
                    subjectDigest: string;
                    waivers: {
                        by: string;
                        purpose: string;
                        question: string;
                        until: string;
                        why: string;
                    }[];
                } | null;
                baseModel: string;
                id: string;
                isChampion: boolean;
                provider: string;
                providerModel: string;
                runId: string;
                training: string;
                weight: number;
                weights: string | null;
            }[];
        };
        /**
         * @example {
         *       "account": "ada",
         *       "password": "correct horse battery staple"
         *     }
         */
        LocalSignIn: {
            account: string;
            password: string;
        };
        /**
         * @example {
         *       "userCode": "K7QM-2XNP"
         *     }
         */
        LookAtDevice: {
            userCode: string;
        };
        ModelCard: {
            approval: {
                decisions: {
                    at: string;
                    principal: string;
                    role: string;
                    verdict: string;
                }[];
                id: string;
                policy: string;
                /** @enum {string} */
                state: "open" | "approved" | "rejected" | "changes-requested" | "expired" | "voided";
                subjectDigest: string;
            } | null;
            baseModel: {
                description: string | null;
                guarantees: string | null;
                id: string;
                licence: string | null;
                limitations: string[];
                retirement: string | null;
                trainingData: string | null;
            };
            checklist: components["schemas"]["ChecklistAnswer"][];
            data: {
                evidence: string | null;
                sources: string[];
                splits: {
                    datasetId: string;
                    labels: {
                        [key: string]: number;
                    };
                    name: string;
                    records: number;
                }[];
            };
            deployment: {
                alias: string;
                from: string;
                isChampion: boolean;
                requestId: string;
                revision: number;
                until: string | null;
                weight: number;
            }[];
            disclosure: {
                acknowledge: string;
                application: string;
                notice: string;
            };
            evaluations: {
                dataset: string;
                evidence: string;
                measured: {
                    confidence?: number;
                    interval?: [
                        number,
                        number
                    ];
                    n: number;
                    /** @constant */
                    status: "ok";
                    value: number;
                } | {
                    reason: string;
                    /** @enum {string} */
                    status: "unmeasured" | "error";
                };
                metric: string;
                scorer: string;
                task: string;
                taskVersion: number;
            }[];
            /** @constant */
            format: "assay/model-card/v1";
            gaps: {
                /** @enum {string} */
                question: "QD1" | "QD2" | "QD3" | "QD4" | "QD5" | "QD6" | "QD7" | "QD8" | "QM1" | "QM2" | "QM3" | "QM4" | "QM5" | "QM6" | "QM7" | "QM8" | "QU1" | "QU2" | "QU3";
                reason: string;
                /** @enum {string} */
                verdict: "unknown" | "fail";
                waivedBy: string | null;
                waivedUntil: string | null;
            }[];
            gates: {
                confidence: number;
                kind: string;
                metric: string;
                reason: string;
                task: string;
                /** @enum {string} */
                verdict: "pass" | "fail" | "inconclusive" | "not-applicable";
            }[];
            model: {
                id: string;
                name: string;
                number: number;
                owners: string[];
                planDigest: string;
                prompt: {
                    digest: string;
                    from: string;
                    text: string;
                } | null;
                provider: string;
                providerModel: string;
                purpose: string;
                requestedBy: string;
                runId: string;
                weights: string | null;
            };
            monitoring: {
                drifted: number;
                last: string | null;
                quality: ({
                    confidence?: number;
                    interval?: [
                        number,
                        number
                    ];
                    n: number;
                    /** @constant */
                    status: "ok";
                    value: number;
                } | {
                    reason: string;
                    /** @enum {string} */
                    status: "unmeasured" | "error";
                }) | null;
                windows: number;
            };
            training: {
                dataset: string;
                evidence: string;
                fineTuneMilliseconds: number | null;
                firstLoss: number | null;
                hyperparameters: {
                    [key: string]: number | string;
                };
                lastLoss: number | null;
                seed: number | null;
                steps: number;
                trainedTokens: number | null;
            } | null;
            untrained: {
                evidence: string;
            } | null;
        };
        ModelList: {
            versions: components["schemas"]["ModelVersion"][];
        };
        ModelVersion: {
            baseModel: string;
            evidence: string;
            id: string;
            live: {
                alias: string;
                isChampion: boolean;
                weight: number;
            }[];
            name: string;
            number: number;
            provider: string;
            providerModel: string;
            registeredAt: string;
            runId: string;
            weights: string | null;
        };
        /**
         * @example {
         *       "principal": "ruth"
         *     }
         */
        NamedPrincipal: {
            principal: string;
        };
        NotificationAddress: {
            email: string | null;
            principal: string;
        };
        /**
         * @example {
         *       "kind": "label",
         *       "title": "Is it spam?",
         *       "subject": "request-4711",
         *       "form": {
         *         "question": "Is this message spam or ham?",
         *         "choices": [
         *           "spam",
         *           "ham"
         *         ],
         *         "adjudicators": [
         *           "ml-lead"
         *         ]
         *       },
         *       "candidates": {
         *         "roles": [
         *           "author"
         *         ]
         *       },
         *       "answersNeeded": 2,
         *       "batch": "week-12"
         *     }
         */
        OpenTask: {
            /** @default 1 */
            answersNeeded: 1 | 2;
            batch?: string;
            candidates: {
                /** @default [] */
                people: string[];
                /** @default [] */
                roles: string[];
            };
            /** Format: date-time */
            dueAt?: string;
            form: {
                adjudicators?: string[];
                choices?: string[];
                question: string;
            };
            /** @enum {string} */
            kind: "fact-check" | "label" | "budget" | "triage";
            runId?: string;
            subject: string;
            title: string;
        };
        PasswordSet: {
            displayName: string;
            principal: string;
        };
        PolicyList: {
            policies: {
                digest: string;
                name: string;
                policy: {
                    automatic?: {
                        when: string;
                    };
                    delegation?: boolean;
                    distinctPeople: boolean;
                    fourEyes: {
                        excludeDataAuthors?: boolean;
                        excludeRecipeAuthors?: boolean;
                        excludeRequester: boolean;
                        excludeTrainer?: boolean;
                    };
                    name: string;
                    reauthenticate?: string;
                    reminders?: number[];
                    stages: {
                        after?: string[];
                        name: string;
                        quorum?: number;
                        roles: {
                            count: number;
                            escalate?: {
                                after: string;
                                to: string;
                            }[];
                            people?: string[];
                            role: string;
                            services?: string[];
                            veto?: boolean;
                        }[];
                    }[];
                    validity?: {
                        for: string;
                        /** @enum {string} */
                        whenEnded: "alarm" | "stop";
                    };
                    version: number;
                    waivers: {
                        role: string;
                    };
                };
                recordedAt: string;
                recordedBy: string;
                version: number;
            }[];
        };
        /**
         * @example {
         *       "deviceCode": "TlKy0_9m4nQfUO2c1vDdR7YbXw3sZjaHq8pE5gWu6iM"
         *     }
         */
        PollDevice: {
            deviceCode: string;
        };
        /**
         * @example {
         *       "plan": {
         *         "apiVersion": "assay/v1",
         *         "name": "email-triage"
         *       }
         *     }
         */
        PreviewRun: {
            plan: {
                [key: string]: unknown;
            };
        };
        PrincipalList: {
            principals: {
                deactivatedAt: string | null;
                displayName: string;
                id: string;
                isDemo: boolean;
                isInstallationAdmin: boolean;
                /** @enum {string} */
                kind: "person" | "service";
                roles: {
                    project: string;
                    role: string;
                }[];
            }[];
        };
        Problem: {
            /** @enum {string} */
            code: "INVALID_INPUT" | "NOT_FOUND" | "CONFLICT" | "NOT_ALLOWED" | "PROVIDER" | "COMMAND" | "ARTIFACT" | "INTERNAL" | "UNAUTHENTICATED" | "TOO_MANY" | "TOO_LARGE" | "NOT_JSON" | "NO_SUCH_ROUTE" | "WRONG_METHOD" | "NO_DEVICE_TOKEN";
            detail: string;
            details?: {
                [key: string]: unknown;
            };
            issues?: {
                message: string;
                path: string;
            }[];
            requestId: string;
            status: number;
            title: string;
            type: string;
        };
        ProjectList: {
            projects: string[];
        };
        Prompt: {
            aliases: string[];
            author: string;
            digest: string;
            id: string;
            name: string;
            number: number;
            pushedAt: string;
            text: string;
        };
        PromptAlias: {
            alias: string;
            at: string;
            author: string;
            name: string;
            number: number;
            revision: number;
        };
        PromptAliasList: {
            aliases: components["schemas"]["PromptAlias"][];
        };
        PromptList: {
            prompts: {
                aliases: string[];
                author: string;
                digest: string;
                id: string;
                name: string;
                number: number;
                pushedAt: string;
            }[];
        };
        PushedPrompt: {
            author: string;
            digest: string;
            id: string;
            isNew: boolean;
            name: string;
            number: number;
            pushedAt: string;
        };
        /**
         * @example {
         *       "text": "Answer \"spam\" or \"ham\" for the message."
         *     }
         */
        PushPrompt: {
            text: string;
        };
        RecordedCommand: {
            commandId: string;
            /** @enum {string} */
            kind: "pause" | "resume" | "cancel";
            runId: string;
        };
        RecordedFeedback: {
            alias: string;
            recorded: number;
        };
        /**
         * @example {
         *       "startKey": "audit-2026-12-01"
         *     }
         */
        Recreate: {
            startKey?: string;
        };
        RequestedChange: {
            commandId: string;
            /** @enum {string} */
            kind: "create" | "update" | "pause" | "resume" | "trigger" | "backfill" | "delete";
            scheduleId: string;
        };
        /**
         * @example {
         *       "name": "small-model",
         *       "source": {
         *         "kind": "endpoint",
         *         "provider": "local",
         *         "model": "local/linear-ngram"
         *       },
         *       "card": {
         *         "id": "local/linear-ngram",
         *         "description": "A linear classifier.",
         *         "trainingData": "none",
         *         "licence": "Apache-2.0",
         *         "limitations": [
         *           "unknown"
         *         ],
         *         "guarantees": "unknown",
         *         "retirement": "unknown"
         *       }
         *     }
         */
        RequestImport: {
            card: {
                /**
                 * @description What the model is.
                 * @example A language model of 8 billion parameters.
                 */
                description: string;
                /**
                 * @description What its maker promises.
                 * @example none
                 */
                guarantees: string;
                /**
                 * @description The id as in model.base.id.
                 * @example local/linear-ngram
                 */
                id: string;
                /**
                 * @description Its licence, by SPDX id where it has one.
                 * @example Apache-2.0
                 */
                licence: string;
                /**
                 * @description What it is known not to do well.
                 * @example [
                 *       "unknown"
                 *     ]
                 */
                limitations: string[];
                /**
                 * @description When it will no longer be served.
                 * @example none planned
                 */
                retirement: string;
                /**
                 * @description What is disclosed of its training data.
                 * @example unknown
                 */
                trainingData: string;
            };
            name: string;
            source: {
                /** @constant */
                kind: "endpoint";
                model: string;
                provider: string;
            } | {
                folder: string;
                /** @constant */
                kind: "weights";
            };
        };
        RevokedToken: {
            id: string;
        };
        /**
         * @example {
         *       "principal": "ruth",
         *       "role": "risk"
         *     }
         */
        RoleGrant: {
            principal: string;
            role: string;
        };
        RoleList: {
            builtIn: string[];
            holders: {
                grantedAt: string;
                principal: string;
                role: string;
            }[];
            own: {
                meaning: string;
                name: string;
            }[];
            project: string;
        };
        Run: {
            approvalId: string | null;
            createdAt: string;
            endedAt: string | null;
            forkedFrom: {
                runId: string;
                /** @enum {string} */
                stage: "collect" | "curate" | "fine-tune" | "evaluate" | "approve";
            } | null;
            id: string;
            name: string;
            planDigest: string;
            project: string;
            reason: string | null;
            recreates: string | null;
            requestedBy: string;
            schedule?: {
                id: string;
                scheduledFor: string;
            } | null;
            stage: ("collect" | "curate" | "fine-tune" | "evaluate" | "approve" | "deploy" | "monitor") | null;
            stages: components["schemas"]["Stage"][];
            startedAt: string | null;
            /** @enum {string} */
            status: "requested" | "running" | "paused" | "succeeded" | "refused" | "failed" | "cancelled";
            trigger: {
                id: string;
                kind: string;
            } | null;
            waitingFor: string | null;
        };
        RunList: {
            runs: components["schemas"]["RunSummary"][];
        };
        RunLogEntry: {
            action: string | null;
            at: string;
            cursor: string;
            details: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            kind: "state" | "training";
            message: string | null;
            stage: ("collect" | "curate" | "fine-tune" | "evaluate" | "approve" | "deploy" | "monitor") | null;
        };
        RunLogPage: {
            entries: components["schemas"]["RunLogEntry"][];
            isComplete: boolean;
            next: string | null;
        };
        RunPreview: {
            assuming: {
                at: string;
                runId: string;
            } | null;
            stages: {
                reason: string;
                reusedFrom: string | null;
                /** @enum {string} */
                stage: "collect" | "curate" | "fine-tune" | "evaluate" | "approve" | "deploy" | "monitor";
            }[];
        };
        RunSummary: {
            createdAt: string;
            endedAt: string | null;
            forkedFrom: {
                runId: string;
                /** @enum {string} */
                stage: "collect" | "curate" | "fine-tune" | "evaluate" | "approve";
            } | null;
            id: string;
            name: string;
            project: string;
            reason: string | null;
            recreates: string | null;
            requestedBy: string;
            stage: ("collect" | "curate" | "fine-tune" | "evaluate" | "approve" | "deploy" | "monitor") | null;
            startedAt: string | null;
            /** @enum {string} */
            status: "requested" | "running" | "paused" | "succeeded" | "refused" | "failed" | "cancelled";
            waitingFor: string | null;
        };
        ScheduleList: {
            schedules: components["schemas"]["ScheduleSummary"][];
        };
        /**
         * @example {
         *       "kind": "pause"
         *     }
         */
        ScheduleRequest: {
            catchUpMilliseconds?: number;
            cron?: string;
            jitterMilliseconds?: number;
            /** @constant */
            kind: "update";
            /** @enum {string} */
            overlap?: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "allow-all";
            plan?: {
                [key: string]: unknown;
            };
            timeZone?: string;
        } | {
            /** @constant */
            kind: "pause";
        } | {
            /** @constant */
            kind: "resume";
        } | {
            /** @constant */
            kind: "trigger";
            /** @enum {string} */
            overlap?: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "allow-all";
        } | {
            /** Format: date-time */
            from: string;
            /** @constant */
            kind: "backfill";
            /** @enum {string} */
            overlap?: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "allow-all";
            /** Format: date-time */
            to: string;
        } | {
            /** @constant */
            kind: "delete";
        };
        ScheduleSummary: {
            catchUpMilliseconds: number;
            changedAt: string;
            createdAt: string;
            cron: string;
            id: string;
            isPaused: boolean;
            jitterMilliseconds: number;
            name: string;
            nextAt: string | null;
            /** @enum {string} */
            overlap: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "allow-all";
            planDigest: string;
            project: string;
            requestedBy: string;
            timeZone: string;
        };
        ScheduleTimes: {
            isCut: boolean;
            newRuns: number;
            quote: {
                costMicroUsd: number;
                runId: string;
                totalMicroUsd: number;
            } | null;
            times: {
                at: string;
                runId: string | null;
            }[];
        };
        ScheduleView: {
            catchUpMilliseconds: number;
            changedAt: string;
            createdAt: string;
            cron: string;
            id: string;
            isPaused: boolean;
            jitterMilliseconds: number;
            name: string;
            nextAt: string | null;
            nextTimes: string[];
            /** @enum {string} */
            overlap: "skip" | "buffer-one" | "buffer-all" | "cancel-other" | "allow-all";
            planDigest: string;
            project: string;
            requestedBy: string;
            runs: {
                reason: string | null;
                runId: string;
                scheduledFor: string;
                /** @enum {string} */
                status: "requested" | "running" | "paused" | "succeeded" | "refused" | "failed" | "cancelled";
            }[];
            timeZone: string;
        };
        SessionList: {
            sessions: {
                createdAt: string;
                expiresAt: string;
                id: string;
                isThis: boolean;
                lastUsedAt: string;
                /** @enum {string} */
                method: "local" | "oidc" | "demo";
            }[];
        };
        /**
         * @example {
         *       "code": "K7QM-2XNP-9RTD-4HWB",
         *       "password": "correct horse battery staple"
         *     }
         */
        SetPassword: {
            code: string;
            password: string;
        };
        /**
         * @example {
         *       "number": 3,
         *       "expectedRevision": 0
         *     }
         */
        SetPromptAlias: {
            expectedRevision: number;
            number: number;
        };
        SignedIn: {
            displayName: string;
            principal: string;
        };
        SignedOut: {
            /** @enum {string} */
            ended: "session" | "token";
        };
        SignInOptions: {
            demo: {
                displayName: string;
                id: string;
            }[];
            local: boolean;
            needsFirstAdmin: boolean;
            oidc: {
                label: string;
            } | null;
        };
        Stage: {
            endedAt: string | null;
            evidence: {
                id: string;
                kind: string;
            }[];
            reusedFrom: {
                /** @enum {string} */
                kind: "fork" | "content";
                runId: string;
            } | null;
            /** @enum {string} */
            stage: "collect" | "curate" | "fine-tune" | "evaluate" | "approve" | "deploy" | "monitor";
            startedAt: string;
            /** @enum {string} */
            status: "running" | "waiting" | "succeeded" | "refused" | "failed" | "cancelled" | "skipped";
            summary: {
                [key: string]: unknown;
            } | null;
            waitingFor: string | null;
        };
        /**
         * @example {
         *       "label": "assay on build-7",
         *       "scopes": [
         *         "read",
         *         "write"
         *       ]
         *     }
         */
        StartDevice: {
            label: string;
            scopes: ("read" | "write" | "approve")[];
        };
        StartedDevice: {
            deviceCode: string;
            expiresIn: number;
            interval: number;
            userCode: string;
            verificationUri: string;
            verificationUriComplete: string;
        };
        StartedFork: {
            forkedFrom: {
                runId: string;
                /** @enum {string} */
                stage: "collect" | "curate" | "fine-tune" | "evaluate" | "approve";
            };
            isNew: boolean;
            planDigest: string;
            runId: string;
        };
        StartedRun: {
            isNew: boolean;
            planDigest: string;
            runId: string;
        };
        /**
         * @example {
         *       "plan": {
         *         "apiVersion": "assay/v1",
         *         "name": "email-triage"
         *       },
         *       "startKey": "nightly-2026-12-01"
         *     }
         */
        StartRun: {
            plan: {
                [key: string]: unknown;
            };
            reuse?: boolean;
            startKey?: string;
        };
        Task: {
            answer: string | null;
            answers: {
                answer: string;
                at: string;
                id: string;
                keyId: string | null;
                principal: string;
                reason: string;
            }[];
            answersGiven: number;
            answersNeeded: number;
            batch: string | null;
            candidates: {
                now: {
                    displayName: string;
                    principal: string;
                    roles: string[];
                }[];
                people: string[];
                roles: string[];
            };
            closedAt: string | null;
            dueAt: string;
            evidence: string | null;
            form: {
                adjudicators?: string[];
                choices?: string[];
                question: string;
                waives?: string;
            };
            id: string;
            /** @enum {string} */
            kind: "approval" | "waiver" | "fact-check" | "label" | "budget" | "triage";
            openedAt: string;
            openedBy: string;
            project: string;
            runId: string | null;
            /** @enum {string} */
            state: "open" | "answered" | "disputed" | "expired" | "cancelled";
            subject: string;
            title: string;
            unverified: string[];
            waitingForYou: boolean;
            whyNot: string | null;
        };
        TaskAgreement: {
            batch: string;
            isTooFew: boolean;
            kappa: number | null;
            meaning: string;
            /** @enum {string} */
            method: "cohen" | "fleiss";
            n: number;
            observed: number | null;
            people: number;
            tasks: number;
        };
        TaskPage: {
            next: string | null;
            tasks: components["schemas"]["TaskSummary"][];
        };
        TaskSummary: {
            answersGiven: number;
            answersNeeded: number;
            batch: string | null;
            dueAt: string;
            id: string;
            /** @enum {string} */
            kind: "approval" | "waiver" | "fact-check" | "label" | "budget" | "triage";
            openedAt: string;
            project: string;
            runId: string | null;
            /** @enum {string} */
            state: "open" | "answered" | "disputed" | "expired" | "cancelled";
            subject: string;
            title: string;
            waitingForYou: boolean;
            whyNot: string | null;
        };
        TokenList: {
            tokens: {
                createdAt: string;
                expiresAt: string;
                id: string;
                isThis: boolean;
                label: string;
                lastUsedAt: string | null;
                principal: string;
                scopes: string[];
            }[];
        };
        ToldEvent: {
            action: string;
            leafIndex: number;
            subject: string;
        };
        TriedPolicy: {
            requests: {
                automatic: {
                    holds: boolean;
                    reason: string;
                } | null;
                discounted: {
                    principal: string;
                    reason: string;
                    role: string;
                }[];
                missing: {
                    count: number;
                    role: string;
                    stage: string;
                }[];
                requestId: string;
                runId: string;
                /** @enum {string} */
                state: "open" | "approved" | "rejected" | "changes-requested" | "expired" | "voided";
                /** @enum {string} */
                wouldBe: "pending" | "approved" | "rejected" | "changes-requested";
            }[];
        };
        /**
         * @example {
         *       "policy": {
         *         "name": "two-person",
         *         "version": 2,
         *         "stages": [
         *           {
         *             "name": "release",
         *             "roles": [
         *               {
         *                 "role": "risk",
         *                 "count": 2
         *               }
         *             ]
         *           }
         *         ],
         *         "fourEyes": {
         *           "excludeRequester": true
         *         },
         *         "distinctPeople": true,
         *         "waivers": {
         *           "role": "legal"
         *         }
         *       }
         *     }
         */
        TryPolicy: {
            limit?: number;
            policy: {
                /** @description What goes out without people. */
                automatic?: {
                    /**
                     * @description A condition in CEL under which nobody has to sign; what it cannot answer, people do.
                     * @example risk == "low" && gates.all(g, g.verdict == "pass")
                     */
                    when: string;
                };
                /**
                 * @description Whether people may let others sign for them; yes where it is left out.
                 * @example false
                 */
                delegation?: boolean;
                /**
                 * @description Whether a person who has signed in one role may sign in no other.
                 * @example true
                 */
                distinctPeople: boolean;
                /** @description Nobody releases alone. */
                fourEyes: {
                    /**
                     * @description Whether authors of the data may not sign for it.
                     * @example true
                     */
                    excludeDataAuthors?: boolean;
                    /**
                     * @description Whether authors of the recipe may not sign for it.
                     * @example true
                     */
                    excludeRecipeAuthors?: boolean;
                    /**
                     * @description Whether who requested the run may not sign for it.
                     * @example true
                     */
                    excludeRequester: boolean;
                    /**
                     * @description Whether who had the model trained may not sign for it.
                     * @example true
                     */
                    excludeTrainer?: boolean;
                };
                /**
                 * @description The name of the policy.
                 * @example two-person
                 */
                name: string;
                /**
                 * @description Since when, at the longest, a signer must have proved who they are.
                 * @example 15m
                 */
                reauthenticate?: string;
                /**
                 * @description Per cent of the time at which those who are missing are reminded.
                 * @default [
                 *       50,
                 *       90
                 *     ]
                 * @example [
                 *       50,
                 *       90
                 *     ]
                 */
                reminders: number[];
                /** @description The stages of signing, all of which have to be met. */
                stages: {
                    /**
                     * @description Stages that have to be met first; stages without it run side by side.
                     * @example [
                     *       "risk"
                     *     ]
                     */
                    after?: string[];
                    /**
                     * @description The name of the stage.
                     * @example release
                     */
                    name: string;
                    /**
                     * @description How many have to sign in all its roles together.
                     * @example 2
                     */
                    quorum?: number;
                    /** @description Who has to sign at this stage. */
                    roles: {
                        /**
                         * @description How many people of the role have to sign; 0 where they may, and need not, for the quorum.
                         * @example 1
                         */
                        count: number;
                        /** @description A chain: who may sign in its place when nobody of the role has. */
                        escalate?: {
                            /**
                             * @description Since the request was opened.
                             * @example 2d
                             */
                            after: string;
                            /**
                             * @description Who may then sign in the place of the role.
                             * @example ml-lead
                             */
                            to: string;
                        }[];
                        /**
                         * @description Only these may sign in the role: with `count: 2`, two of three.
                         * @example [
                         *       "ruth",
                         *       "leo",
                         *       "mia"
                         *     ]
                         */
                        people?: string[];
                        /**
                         * @description A role that people hold in the project.
                         * @example risk
                         */
                        role: string;
                        /**
                         * @description Services that may sign in the role; without this, none.
                         * @example [
                         *       "ruth",
                         *       "leo",
                         *       "mia"
                         *     ]
                         */
                        services?: string[];
                        /**
                         * @description Whether one no in this role rejects; yes where it is left out.
                         * @example true
                         */
                        veto?: boolean;
                    }[];
                }[];
                /** @description When the approval has to be renewed. */
                validity?: {
                    /**
                     * @description How long the approval holds after the release.
                     * @example 180d
                     */
                    for: string;
                    /**
                     * @description Whether people are told, or the version is no longer served either.
                     * @example alarm
                     * @enum {string}
                     */
                    whenEnded: "alarm" | "stop";
                };
                /**
                 * @description Counts up when the policy changes.
                 * @example 1
                 */
                version: number;
                /** @description Who may make an exception. */
                waivers: {
                    /**
                     * @description The role that may waive an answer that blocks.
                     * @example legal
                     */
                    role: string;
                };
            };
        };
        /**
         * @example {
         *       "question": "QD3",
         *       "reason": "The licence is being renewed.",
         *       "purpose": "demonstration",
         *       "until": "2026-12-31",
         *       "subjectDigest": "sha256:0000000000000000000000000000000000000000000000000000000000000000"
         *     }
         */
        Waive: {
            purpose: string;
            /** @enum {string} */
            question: "QD1" | "QD2" | "QD3" | "QD4" | "QD5" | "QD6" | "QD7" | "QD8";
            reason: string;
            role?: string;
            subjectDigest: string;
            until: string;
        };
        Waived: {
            keyId: string;
            /** @enum {string} */
            question: "QD1" | "QD2" | "QD3" | "QD4" | "QD5" | "QD6" | "QD7" | "QD8";
            requestId: string;
            subjectDigest: string;
            until: string;
            waiverId: string;
        };
        Waiver: {
            at: string | null;
            id: string;
            keyId: string | null;
            principal: string;
            problem: string | null;
            purpose: string | null;
            question: string;
            reason: string | null;
            role: string;
            until: string;
        };
        Webhook: {
            addedAt: string;
            addedBy: string;
            events: string[];
            id: string;
            project: string;
            removedAt: string | null;
            secrets: string[];
            url: string;
        };
        WebhookDelivery: {
            attempts: number;
            createdAt: string;
            id: string;
            lastError: string | null;
            lastStatus: number | null;
            nextAttemptAt: string | null;
            settledAt: string | null;
            /** @enum {string} */
            state: "pending" | "delivered" | "dead";
            type: string;
            webhook: string;
        };
        WebhookDeliveryList: {
            deliveries: components["schemas"]["WebhookDelivery"][];
        };
        WebhookList: {
            webhooks: components["schemas"]["Webhook"][];
        };
        /**
         * @example {
         *       "type": "run.finished",
         *       "timestamp": "2026-11-30T21:34:29.878655Z",
         *       "data": {
         *         "project": "default",
         *         "id": "run-1",
         *         "name": "email-triage",
         *         "status": "succeeded"
         *       }
         *     }
         */
        WebhookMessage: {
            data: {
                id: string;
                project: string;
            } & {
                [key: string]: unknown;
            };
            timestamp: string;
            /** @enum {string} */
            type: "run.requested" | "run.began" | "run.paused" | "run.resumed" | "run.finished" | "approval.opened" | "approval.stage-opened" | "approval.reminded" | "approval.escalated" | "approval.closed" | "approval.voided" | "approval.lapsed" | "decision.recorded" | "delegation.recorded" | "waiver.recorded" | "task.opened" | "model.registered" | "alias.moved" | "alias.corrected" | "window.recorded" | "webhook.test";
        };
        Whoami: {
            authenticatedAt: string;
            displayName: string;
            isDemo: boolean;
            isInstallationAdmin: boolean;
            /** @enum {string} */
            kind: "person" | "service";
            /** @enum {string} */
            method: "token" | "local" | "oidc" | "demo";
            principal: string;
            roles: {
                project: string;
                role: string;
            }[];
            scopes: string[];
            /** @enum {string} */
            via: "token" | "session";
        };
    };
    responses: {
        /** @description Something went wrong inside: the log has more under the `requestId`. */
        problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not JSON. */
        problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No valid token or session was sent. */
        problem401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The caller may not do this. */
        problem403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or it belongs to a project in which the caller has no part. */
        problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state, or the key already stands for another request. */
        problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than 2 MB. */
        problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body was not sent as `application/json`. */
        problem415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request was not understood; `issues` names each field. */
        problem422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too much was tried from this address, or at this account. */
        problem429: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The same key with the same request has one effect and the same answer, for at least a day.
         * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
         */
        idempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    showAlias: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                /**
                 * @description An alias's name.
                 * @example email-triage
                 */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its routes, and its moves with the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alias"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    correctAlias: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description An alias's name.
                 * @example email-triage
                 */
                alias: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CorrectAlias"];
            };
        };
        responses: {
            /** @description The correction is on file. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasCorrection"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showLive: {
        parameters: {
            query?: {
                asKnownAt?: string;
                at?: string;
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                /**
                 * @description An alias's name.
                 * @example email-triage
                 */
                alias: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions with their shares of the traffic. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Live"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
                state?: "open" | "approved" | "rejected" | "changes-requested" | "expired" | "voided";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The requests, latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description An approval request's id.
                 * @example run-1-release
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is bound, who has signed, and who is missing. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showComparison: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description An approval request's id.
                 * @example run-1-release
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comparison. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    decide: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description An approval request's id.
                 * @example run-1-release
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Decide"];
            };
        };
        responses: {
            /** @description The decision is signed and on record. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decided"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    exportApproval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description An approval request's id.
                 * @example run-1-release
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request and its envelopes (DSSE). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalFile"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    waive: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description An approval request's id.
                 * @example run-1-release
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Waive"];
            };
        };
        responses: {
            /** @description The waiver is signed and on record. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Waived"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the `after` of the following one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                    "application/x-ndjson": string;
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listCheckpoints: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the `after` of the following one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheckpointPage"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showLatestCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The checkpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditCheckpoint"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showAuditKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The log and its keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditKey"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    proveConsistency: {
        parameters: {
            query: {
                from: number;
                to?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hashes that give both roots. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsistencyProof"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    proveInclusion: {
        parameters: {
            query: {
                leaf: number;
                size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Hashes from the leaf to the root. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InclusionProof"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    bootstrap: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Bootstrap"];
            };
        };
        responses: {
            /** @description The admin is there; the token is shown once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Bootstrapped"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    setPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPassword"];
            };
        };
        responses: {
            /** @description It is set: sign in with it. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordSet"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    signInAsDemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DemoSignIn"];
            };
        };
        responses: {
            /** @description Signed in. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    startDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartDevice"];
            };
        };
        responses: {
            /** @description The codes, and how often to poll. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedDevice"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    confirmDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmDevice"];
            };
        };
        responses: {
            /** @description It is settled. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    lookAtDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookAtDevice"];
            };
        };
        responses: {
            /** @description What asks, and for which scopes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Device"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    pollDevice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PollDevice"];
            };
        };
        responses: {
            /** @description The token: keep it now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceToken"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    signInLocally: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LocalSignIn"];
            };
        };
        responses: {
            /** @description Signed in. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showSignInOptions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ways that there are. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            /** @description It counts from now on; every other session of yours has ended. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It opens nothing any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedOut"];
                };
            };
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listDelegations: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DelegationList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    delegate: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Delegate"];
            };
        };
        responses: {
            /** @description The delegation is signed and on record. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    revokeDelegation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A delegation's id.
                 * @example delegation-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It was taken back. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    followEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One event; the stream goes on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ToldEvent"];
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showEvidence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The digest of the fact.
                 * @example sha256:0000000000000000000000000000000000000000000000000000000000000000
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The fact, whose digest is its id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvidenceFact"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    recordFeedback: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Feedback"];
            };
        };
        responses: {
            /** @description All labels are on record. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedFeedback"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listImports: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The imports, latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    requestImport: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestImport"];
            };
        };
        responses: {
            /** @description It was asked for. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showImport: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Import"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    grantAdmin: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NamedPrincipal"];
            };
        };
        responses: {
            /** @description They make projects and people from now on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedPrincipal"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    revokeAdmin: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NamedPrincipal"];
            };
        };
        responses: {
            /** @description They are none any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedPrincipal"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every account that a worker has asked for, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listModels: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions, latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listVersions: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                /**
                 * @description A version’s id, or the name of a model.
                 * @example email-triage@1
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions, latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showModelCard: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                /**
                 * @description A version’s id, or the name of a model.
                 * @example email-triage@1
                 */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The card; gaps are said as gaps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelCard"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showChecklist: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                /**
                 * @description A version’s id, or the name of a model.
                 * @example email-triage@1
                 */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answers, with what each rests on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checklist"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showDatasheet: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                /**
                 * @description A version’s id, or the name of a model.
                 * @example email-triage@1
                 */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The datasheet; gaps are said as gaps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Datasheet"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    recreateModel: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A version’s id, or the name of a model.
                 * @example email-triage@1
                 */
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Recreate"];
            };
        };
        responses: {
            /** @description The start key already stands for this run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedRun"];
                };
            };
            /** @description A new run. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedRun"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address; null where there is none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationAddress"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    changeAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAddress"];
            };
        };
        responses: {
            /** @description The address from now on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationAddress"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listChannels: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channels of every kind, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    addChannel: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddChannel"];
            };
        };
        responses: {
            /** @description It hears of what happens from now on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    removeChannel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A channel's id.
                 * @example email-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channel as it was, with the moment of its end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listChannelDeliveries: {
        parameters: {
            query?: {
                state?: "pending" | "delivered" | "dead";
            };
            header?: never;
            path: {
                /**
                 * @description A channel's id.
                 * @example email-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest 200, latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelDeliveryList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    redeliverNotification: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description The id of a message: its `webhook-id`, or its Message-ID.
                 * @example 0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a
                 */
                delivery: string;
                /**
                 * @description A channel's id.
                 * @example email-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message is on its way again. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelDelivery"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    changeChannelSecrets: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A channel's id.
                 * @example email-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSecrets"];
            };
        };
        responses: {
            /** @description The channel with its secrets by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Channel"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    testChannel: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A channel's id.
                 * @example email-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelDelivery"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
                state?: "pending" | "delivered" | "dead";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest 200, latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelDeliveryList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description By name, the latest version first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    tryPolicy: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TryPolicy"];
            };
        };
        responses: {
            /** @description Request by request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriedPolicy"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listPrincipals: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People and services by id. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PrincipalList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    createPrincipal: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePrincipal"];
            };
        };
        responses: {
            /** @description They are there, without a role. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedPrincipal"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    issueCode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a person or a service.
                 * @example ruth
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The code: give it to the person. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedCode"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    deactivatePrincipal: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description The id of a person or a service.
                 * @example ruth
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They may nothing any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedPrincipal"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    reactivatePrincipal: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description The id of a person or a service.
                 * @example ruth
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They may sign in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedPrincipal"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listProjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Projects by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProject"];
            };
        };
        responses: {
            /** @description The project is there. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedProject"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listPrompts: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions, latest first, without their texts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listPromptAliases: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The name of a prompt, or one of its versions.
                 * @example email-triage
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The aliases. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptAliasList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    setPromptAlias: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description An alias's name.
                 * @example email-triage
                 */
                alias: string;
                /**
                 * @description The name of a prompt, or one of its versions.
                 * @example email-triage
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPromptAlias"];
            };
        };
        responses: {
            /** @description Where the alias points now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptAlias"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    pushPrompt: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description The name of a prompt, or one of its versions.
                 * @example email-triage
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PushPrompt"];
            };
        };
        responses: {
            /** @description The text already is this version. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushedPrompt"];
                };
            };
            /** @description A new version. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PushedPrompt"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showPrompt: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The name of a prompt, or one of its versions.
                 * @example email-triage
                 */
                reference: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version with its text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prompt"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    grantRole: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleGrant"];
            };
        };
        responses: {
            /** @description They hold it from now on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedGrant"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    revokeRole: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleGrant"];
            };
        };
        responses: {
            /** @description They hold it no more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedGrant"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listRoles: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Built-in roles, own ones, and their holders. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    declareRole: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeclareRole"];
            };
        };
        responses: {
            /** @description The role can be granted. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeclaredRole"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listRuns: {
        parameters: {
            query?: {
                name?: string;
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
                status?: "requested" | "running" | "paused" | "succeeded" | "refused" | "failed" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest 1000 of the runs that are asked for, latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    startRun: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartRun"];
            };
        };
        responses: {
            /** @description The start key already stands for this run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedRun"];
                };
            };
            /** @description A new run. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedRun"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A run's id.
                 * @example run-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    commandRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A run's id.
                 * @example run-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Command"];
            };
        };
        responses: {
            /** @description The command is on record and on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordedCommand"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    forkRun: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A run's id.
                 * @example run-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForkRun"];
            };
        };
        responses: {
            /** @description The start key already stands for this fork. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedFork"];
                };
            };
            /** @description A new run. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedFork"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showRunLog: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                stage?: "collect" | "curate" | "fine-tune" | "evaluate" | "approve" | "deploy" | "monitor";
            };
            header?: never;
            path: {
                /**
                 * @description A run's id.
                 * @example run-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunLogPage"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    previewRun: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewRun"];
            };
        };
        responses: {
            /** @description Stage by stage. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPreview"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listSchedules: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    createSchedule: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSchedule"];
            };
        };
        responses: {
            /** @description The schedule is on record and on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedChange"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showSchedule: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schedule. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleView"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    commandSchedule: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleRequest"];
            };
        };
        responses: {
            /** @description The command is on record and on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedChange"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listScheduleTimes: {
        parameters: {
            query: {
                from: string;
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
                to: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The times, oldest first; at most 1000. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleTimes"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Your sessions that go on, the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A session's id.
                 * @example 0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It opens nothing any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSession"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listTasks: {
        parameters: {
            query?: {
                cursor?: string;
                kind?: "approval" | "waiver" | "fact-check" | "label" | "budget" | "triage";
                limit?: number;
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
                state?: "open" | "answered" | "disputed" | "expired" | "cancelled" | "all";
                waitingFor?: "me" | "all";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page; `next` is the `cursor` of the following one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    openTask: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenTask"];
            };
        };
        responses: {
            /** @description The task is open. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    answerTask: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerTask"];
            };
        };
        responses: {
            /** @description The answer is signed and on record. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnsweredTask"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    showTaskAgreement: {
        parameters: {
            query: {
                batch: string;
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Observed agreement, kappa, and what it means. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskAgreement"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                principal?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Those that count now, the latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateToken"];
            };
        };
        responses: {
            /** @description The token: keep it now. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedToken"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A token's id.
                 * @example 0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It opens nothing any more. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedToken"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhooks, oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    addWebhook: {
        parameters: {
            query?: {
                /** @description May be left out where the caller has a part in only one project. */
                project?: string;
            };
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddWebhook"];
            };
        };
        responses: {
            /** @description It hears of what happens from now on. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A webhook's id.
                 * @example webhook-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook as it was, with the moment of its end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                state?: "pending" | "delivered" | "dead";
            };
            header?: never;
            path: {
                /**
                 * @description A webhook's id.
                 * @example webhook-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest 200, latest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    redeliver: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description The id of a message: its `webhook-id`, or its Message-ID.
                 * @example 0d5f2a1e-4a53-4f0e-9d0c-4f1f5f0f7b7a
                 */
                delivery: string;
                /**
                 * @description A webhook's id.
                 * @example webhook-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message is on its way again. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    changeWebhookSecrets: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A webhook's id.
                 * @example webhook-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeSecrets"];
            };
        };
        responses: {
            /** @description The webhook with its secrets by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["problem400"];
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            413: components["responses"]["problem413"];
            415: components["responses"]["problem415"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The same key with the same request has one effect and the same answer, for at least a day.
                 * @example 6f2b0a53-6e0c-4a0b-9a57-0d5a2f6c9f11
                 */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path: {
                /**
                 * @description A webhook's id.
                 * @example webhook-1
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The message is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            401: components["responses"]["problem401"];
            403: components["responses"]["problem403"];
            404: components["responses"]["problem404"];
            409: components["responses"]["problem409"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    whoami: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller, with their roles in each project. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Whoami"];
                };
            };
            401: components["responses"]["problem401"];
            422: components["responses"]["problem422"];
            429: components["responses"]["problem429"];
            default: components["responses"]["problem"];
        };
    };
    receiveEvent: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The same at every attempt.
                 * @example 9dfacea4-1ff2-470e-96cb-e75a2631046b
                 */
                "webhook-id": string;
                /**
                 * @description HMAC-SHA256 over id, timestamp and body, joined by full stops; one for each secret.
                 * @example v1,lbVlHwBbPLjx9sNPxX8WeyAoJz8lXU5Z3IoPIYdV0e4=
                 */
                "webhook-signature": string;
                /**
                 * @description When it was sent, in Unix seconds.
                 * @example 1796074471
                 */
                "webhook-timestamp": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookMessage"];
            };
        };
        responses: {
            /** @description It has arrived. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is there any more: it is not sent again. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is sent again by the schedule. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
