import { texts } from "./texts.ts";

/** Who acted, in words: the name of a person, and for the token of the environment what it is. */
export function actorName(name: string): string {
  return name === "token:environment" ? texts.actors.environment : name;
}
