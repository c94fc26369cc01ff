import type { RouteAuthority } from "../../contract/routes/route.ts";

type Asked = Extract<RouteAuthority, object>;

/** Who may call a route that needs `needed`, in a sentence. Acts go by the names that `GET …/authority` answers with. */
export function authorityWords(needed: RouteAuthority): string {
  return typeof needed === "string"
    ? wordsOpenTo[needed]
    : `Needs an API key or a session ${wordsOfAct(needed)}${places[needed.at]}.`;
}

const wordsOpenTo = {
  public: "Takes no API key.",
  agentOrMachine: "Needs an API key or a session, except from the machine itself.",
  anyAgent: "Needs an API key or a session.",
  eachCustomer: "Needs an API key or a session; what it may see and do is asked at each customer.",
  namedAgent: "Needs a session, or an API key of an agent's.",
  keyOwner: "Needs a session, or an API key of an agent's that is not narrowed.",
} as const satisfies Record<Exclude<RouteAuthority, object>, string>;

const places = {
  partner: "",
  customer: " at the customer",
  customerRecord: "",
  batch: " at the batch's customer",
} as const satisfies Record<Asked["at"], string>;

function wordsOfAct({ act, at }: Asked): string {
  if (act === "read" && at === "customerRecord") return "that may `read` at the customer, or of an Admin agent's";
  return acts[act] ?? `that may \`${act}\``;
}

/** Acts that a caller knows by another word than their name. */
const acts: Partial<Record<Asked["act"], string>> = {
  operationOfBatch: "that may do the batch's operation",
  passwordsOfBatch: "that may give the batch's users their passwords",
  operationOfBody: "that may do the operation asked for",
  operationOfOptions: "that may do the operation asked for",
  manageCustomer: "of an Admin agent's",
  manageAgents: "of an Admin agent's",
  readAudit: "of an Admin agent's",
};
