import { expect, test } from "vitest";
import { checkPassword } from "../../files/rows/check-password.ts";

test.each(["Abcdef12", "abcdef1!", "ABCDEF1!", "Abcdefg!", "Aa1 Aa1 ", `Aa1${"x".repeat(253)}`])(
  "%s is taken",
  (password) => {
    expect(checkPassword(password)).toBeNull();
  },
);

test.each([
  "",
  "Abcde12",
  `Aa1${"x".repeat(254)}`,
  "abcdefgh",
  "abcdefg1",
  "ABCDEFG1",
  "Äbcdef12",
  "Abcdef1\u0007",
  "Abcdef1\n",
])("%j breaks the rules, and the message does not show it", (password) => {
  const cause = checkPassword(password);
  expect(cause).toMatchObject({ code: "password_invalid", field: "password" });
  expect(cause?.message).not.toContain(password || "undefined");
});
