import { environmentToken } from "../../contract/environment-token.ts";

/** SQL for the name of whoever an audit record is about; earlier records name the token of the environment by its id. */
export const actorNameSql = `case when actor_name = '${environmentToken.id}' then '${environmentToken.name}' else actor_name end`;
