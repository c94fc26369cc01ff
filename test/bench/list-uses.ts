import type { Page } from "playwright-core";
import { textFields } from "../../contract/fields.ts";
import type { UserQuery } from "../../core/directory/users/list-users.ts";
import { texts } from "../e2e/texts.ts";
import { commonSurname, surnameCount } from "./fill-names.ts";
import type { Awaited } from "./painted.ts";
import type { ListedUsers } from "./same-sql.ts";

/** Something that an agent does to the open list of users, and what then has to stand there. */
export type ListUse = {
  what: string;
  event: "click" | "input" | "keydown";
  /** What the clock does not see, such as a menu that opens. */
  before?: () => Promise<void>;
  act: () => Promise<void>;
  awaited: Awaited;
  statements: ListedUsers["statements"];
};

/** The uses of a list of `count` users of `fillNames`. `list` tells what the list is to show, and how the api learns of it. */
export async function listUses(
  page: Page,
  count: number,
  list: (query: Partial<UserQuery>) => Promise<ListedUsers>,
): Promise<ListUse[]> {
  const shows = async (query: Partial<UserQuery>, at = 0) => {
    const { items, statements } = await list(query);
    return { awaited: listedRow(at, items[0]?.userPrincipalName), statements };
  };
  const sort = (label: string) => ({
    event: "click" as const,
    act: () => page.getByRole("columnheader", { name: label, exact: true }).getByRole("button").click(),
  });
  const search = (q: string) => ({
    event: "input" as const,
    act: () => page.getByRole("searchbox", { name: texts.users.search }).fill(q),
  });
  const counted = await list({ limit: 1, count: true });
  const one = `${commonSurname}${surnameCount * 7}@`;
  const { selection } = texts;
  return [
    { what: "sorted by username", ...sort(texts.users.email), ...(await shows({ sort: "userPrincipalName" })) },
    {
      what: "sorted by usage location",
      ...sort(textFields.usageLocation.label),
      ...(await shows({ sort: "usageLocation" })),
    },
    {
      what: "filter by a department",
      event: "click",
      before: () =>
        page
          .getByRole("group", { name: texts.filters.label })
          .getByRole("button", { name: textFields.department.label })
          .click(),
      act: () => page.getByRole("button", { name: /^Department 7 \(/ }).click(),
      ...(await shows({ department: ["Department 7"] })),
    },
    {
      what: "search for a surname of every tenth",
      ...search(commonSurname),
      ...(await shows({ q: commonSurname })),
    },
    { what: "search for one user", ...search(one), ...(await shows({ q: one })) },
    {
      what: "sorted by name from last to first",
      ...sort(texts.users.name),
      ...(await shows({ sort: "-displayName" })),
    },
    {
      what: "jump to the end by Ctrl+End",
      event: "keydown",
      before: () => page.locator('[data-at="0 1"]').focus(),
      act: () => page.keyboard.press("Control+End"),
      ...(await shows({ sort: "-displayName" }, count - 1)),
    },
    {
      what: "jump to the end by a click, sorted by username",
      event: "click",
      before: async () => {
        await page.getByRole("columnheader", { name: texts.users.email, exact: true }).getByRole("button").click();
        await page.getByText((await list({ sort: "userPrincipalName" })).items[0]?.userPrincipalName ?? "").waitFor();
      },
      act: () => page.getByRole("button", { name: texts.ends.end }).click(),
      ...(await shows({ sort: "-userPrincipalName" }, count - 1)),
    },
    {
      what: "select all that match, beside their count",
      event: "click",
      before: () => page.getByRole("checkbox", { name: selection.selectShown }).check(),
      act: () => page.getByRole("button", { name: selection.takeAll(count.toLocaleString("en-GB")) }).click(),
      awaited: { selector: '[role="status"]', text: selection.allSelected(texts.units.users(count)) },
      // The count is asked before the rows.
      statements: counted.statements.slice(0, 1),
    },
  ];
}

/** The row at a place of the list, from 0, with the user of this name in it. */
export function listedRow(at: number, userPrincipalName: string | undefined): Awaited {
  if (userPrincipalName === undefined) throw new Error("the list has no such user");
  // The head is the first row of the table.
  return { selector: `[aria-rowindex="${at + 2}"]`, text: userPrincipalName };
}
