import { type RulesetDefinition, Spectral } from "@stoplight/spectral-core";
import { oas } from "@stoplight/spectral-rulesets";
import { expect, it } from "vitest";
import { makeOpenApi } from "../../api/openapi/make-openapi.ts";

it("Spectral has nothing to say against the document", async () => {
  const spectral = new Spectral();
  // Whom to ask about a Muster is up to those who host it.
  const rules = { extends: [oas], rules: { "info-contact": "off" } } as unknown as RulesetDefinition;
  spectral.setRuleset(rules);
  const found = await spectral.run(makeOpenApi());
  expect(found.map(({ code, path, message }) => `${code} ${path.join(".")}: ${message}`)).toEqual([]);
});
