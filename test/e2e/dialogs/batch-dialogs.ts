import type { Page } from "playwright-core";
import { pageAddress } from "../../../contract/pages.ts";
import { texts } from "../texts.ts";
import { buttonOf, dialog, type DialogEntry, press, type Typed } from "./dialog-entry.ts";
import type { Prepared } from "./prepare-dialogs.ts";
import { typeInto } from "./type-into.ts";

const { plan, work, batch } = texts;

const planPage = ({ planId }: Prepared) => pageAddress("batch", { batchId: planId });
const donePage = ({ doneId }: Prepared) => pageAddress("batch", { batchId: doneId });

/** Opens the control that mends a cause of the plan. */
async function mend(page: Page, at: Prepared, code: string, remedy: string): Promise<void> {
  await page.goto(planPage(at));
  await page.locator(`tr:has([data-code="${code}"])`).getByRole("button", { name: remedy }).click();
  await dialog(page).waitFor();
}

const option = (code: string, remedy: string, typed: DialogEntry["typed"]): DialogEntry => ({
  files: ["batches/OptionDialog.tsx"],
  open: async (page, at) => await mend(page, at, code, remedy),
  ...(typed && { typed }),
});

const atlantis = (page: Page): Typed[] => [
  [dialog(page).getByRole("radio", { name: plan.fix.replace }), true],
  [dialog(page).getByLabel(plan.fix.find), "Atlantis"],
  [dialog(page).getByLabel(plan.fix.by, { exact: true }), "Norway"],
];

const openDownloads = async (page: Page, at: Prepared) => {
  await page.goto(donePage(at));
  await page.getByRole("button", { name: batch.downloads }).click();
  await page.getByRole("menu").waitFor();
};

const openStart = async (page: Page, at: Prepared) => {
  await page.goto(planPage(at));
  await page.getByRole("button", { name: work.schedule.ways }).click();
  await page.getByRole("menu").waitFor();
};

/** Dialogs about batches and their rows. */
export const batchDialogs = {
  "retry a batch": {
    files: ["batches/RetryDialog.tsx"],
    open: async (page, at) => {
      await press(page, donePage(at), batch.retryAll);
      await dialog(page).getByRole("listitem").first().waitFor();
    },
  },
  "a retry to ask approval for": {
    files: ["batches/RetryDialog.tsx"],
    open: async (page, { retriedId }) => {
      await press(page, pageAddress("batch", { batchId: retriedId }), batch.retryAll);
      await buttonOf(page, texts.brakes.ask).waitFor();
    },
  },
  "the number of users that a retry hits": {
    files: ["batches/RetryDialog.tsx"],
    open: async (page, { numberedId }) => {
      await press(page, pageAddress("batch", { batchId: numberedId }), batch.retryAll);
      await dialog(page).getByRole("textbox").waitFor();
    },
    notKept: "It confirms what is asked now, and is typed anew",
  },
  "ways to start a batch": { files: ["batches/StartButton.tsx"], open: openStart },
  "start a batch later": {
    files: ["batches/StartTimeDialog.tsx"],
    open: async (page, at) => {
      await openStart(page, at);
      await page.getByRole("menuitem", { name: work.schedule.later }).click();
      await dialog(page).waitFor();
    },
    typed: (page) => [[dialog(page).getByLabel(work.schedule.at), "2098-01-01T08:00"]],
  },
  "the number of users that a plan hits": {
    files: ["batches/ConfirmStartDialog.tsx"],
    open: async (page, { confirmId }) =>
      await press(page, pageAddress("batch", { batchId: confirmId }), batch.start(2, 2)),
    notKept: "It confirms what is asked now, and is typed anew",
  },
  "the number of users that plans of a file hit": {
    files: ["bundles/BundleActs.tsx"],
    open: async (page, { bundleId }) => await press(page, pageAddress("bundle", { bundleId }), texts.bundles.start(1)),
    notKept: "It confirms what is asked now, and is typed anew",
  },
  "a question for approval taken back": {
    files: ["batches/DecideDialog.tsx", "batches/AnswerDialog.tsx"],
    open: async (page, { askedId }) =>
      await press(page, pageAddress("batch", { batchId: askedId }), texts.brakes.waiting.takeBack),
  },
  "a plan to approve": {
    files: ["batches/DecideDialog.tsx", "batches/AnswerDialog.tsx"],
    open: async (page, { theirsId }) =>
      await press(page, pageAddress("batch", { batchId: theirsId }), texts.brakes.waiting.approve),
    typed: (page) => [[dialog(page).getByLabel(texts.brakes.decide.note), "They moved"]],
  },
  "a plan to refuse": {
    files: ["batches/DecideDialog.tsx", "batches/AnswerDialog.tsx"],
    open: async (page, { theirsId }) =>
      await press(page, pageAddress("batch", { batchId: theirsId }), texts.brakes.waiting.refuse),
    typed: (page) => [[dialog(page).getByLabel(texts.brakes.decide.note), "They stay"]],
  },
  "questions of a file taken back": {
    files: ["bundles/DecideBundleDialog.tsx", "batches/AnswerDialog.tsx"],
    open: async (page, { askedFileId }) =>
      await press(page, pageAddress("bundle", { bundleId: askedFileId }), texts.brakes.waiting.takeBack),
  },
  "plans of a file to approve": {
    files: ["bundles/DecideBundleDialog.tsx", "batches/AnswerDialog.tsx"],
    open: async (page, { theirFileId }) =>
      await press(page, pageAddress("bundle", { bundleId: theirFileId }), texts.bundles.questions.approve(2)),
    typed: (page) => [[dialog(page).getByLabel(texts.brakes.decide.note), "They moved"]],
  },
  "plans of a file to refuse": {
    files: ["bundles/DecideBundleDialog.tsx", "batches/AnswerDialog.tsx"],
    open: async (page, { theirFileId }) =>
      await press(page, pageAddress("bundle", { bundleId: theirFileId }), texts.brakes.waiting.refuse),
    typed: (page) => [[dialog(page).getByLabel(texts.brakes.decide.note), "They stay"]],
  },
  "cancel a batch": {
    files: ["batches/BatchActs.tsx"],
    open: async (page, at) => await press(page, planPage(at), batch.cancelPlan),
  },
  "a location for all rows": option("usage_location_missing", plan.remedies.location, (page) => [
    [dialog(page).getByRole("combobox"), "Sweden"],
  ]),
  "the customer's domain for all rows": option("domain_unverified", plan.remedies.domain, (page) => [
    [dialog(page).getByRole("combobox"), "stores.fabrikam-retail.example"],
  ]),
  "usernames to build": option("required_missing", plan.remedies.pattern, (page) => [
    [dialog(page).getByRole("combobox"), "{givenName}{s}"],
  ]),
  "fix all rows of a cause": {
    files: ["batches/FixAllDialog.tsx"],
    open: async (page, at) => await mend(page, at, "country_unknown", plan.fix.open),
    typed: atlantis,
  },
  "fix all rows of a cause, before and after": {
    files: ["batches/FixAllDialog.tsx"],
    open: async (page, at) => {
      await mend(page, at, "country_unknown", plan.fix.open);
      await typeInto(page, atlantis(page));
      await dialog(page).getByRole("listitem").first().waitFor();
    },
  },
  "files of a batch": { files: ["batches/BatchDownloads.tsx"], open: openDownloads },
  "files of the rows that a filter shows": {
    files: ["batches/RowActs.tsx"],
    open: async (page, at) => {
      await page.goto(`${donePage(at)}?state=partial`);
      await page.getByRole("button", { name: work.rows.download }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  "one-time links of a batch": {
    files: ["batches/LinksDialog.tsx"],
    open: async (page, at) => {
      await openDownloads(page, at);
      await page.getByRole("menuitem", { name: work.downloads.links }).click();
      await dialog(page).waitFor();
    },
    typed: (page) => [
      [dialog(page).getByLabel(work.downloads.linksFor), "24"],
      [dialog(page).getByLabel(work.downloads.linksMailTo), "it@fabrikam-retail.example"],
    ],
  },
  "another sheet of a workbook": {
    files: ["batches/SheetChoice.tsx"],
    open: async (page, { workbookId }) => {
      await page.goto(pageAddress("batch", { batchId: workbookId }));
      await page.getByRole("button", { name: plan.sheets.another }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  "details of a row": {
    files: ["batches/RowPane.tsx"],
    open: async (page, at) => {
      await page.goto(`${planPage(at)}?row=5`);
      await page.getByRole("complementary").getByText("Atlantis").first().waitFor();
    },
    notKept: "The page of the batch asks about it, not the pane",
  },
  "rows to paste": {
    files: ["upload/PasteDialog.tsx"],
    open: async (page, { customerId }) =>
      await press(page, pageAddress("upload", { customerId }), texts.upload.pasteLabel),
    notKept: "Rows may hold passwords, which are kept nowhere",
  },
} as const satisfies Record<string, DialogEntry>;
