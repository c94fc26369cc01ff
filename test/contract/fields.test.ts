import { expect, test } from "vitest";
import { fieldNames, offeredFields } from "../../contract/fields.ts";

test("every field can be chosen by hand for a column, once, but for the columns of our own answers and of the customer", () => {
  const offered = offeredFields.flatMap(({ fields }) => fields);
  expect(offered.toSorted()).toEqual(
    fieldNames.filter((field) => !["statusUpdate", "musterRow", "customer"].includes(field)).toSorted(),
  );
});
