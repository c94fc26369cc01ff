import { pages } from "../../../contract/pages.ts";
import { texts } from "../texts.ts";
import { buttonOf, dialog, type DialogEntry, press } from "./dialog-entry.ts";

const { webhooks: words, deliveries } = texts;
const hook = "Ticket system";

/** Dialogs about webhooks. */
export const webhookDialogs = {
  "new webhook": {
    files: ["webhooks/NewWebhookDialog.tsx"],
    open: async (page) => {
      await press(page, pages.webhooks.path, words.add);
      await dialog(page).getByRole("radio", { name: words.one }).check();
    },
    typed: (page) => [
      [dialog(page).getByLabel(words.name), "Chat"],
      [dialog(page).getByLabel(words.address), "mailto:shift@partner.example"],
    ],
  },
  "the new webhook": {
    files: ["webhooks/NewWebhookDialog.tsx"],
    open: async (page) => {
      await press(page, pages.webhooks.path, words.add);
      await dialog(page).getByLabel(words.name).fill("Chat");
      await dialog(page).getByLabel(words.address).fill("https://chat.partner.example/muster");
      await dialog(page).getByRole("radio", { name: words.all }).check();
      await buttonOf(page, words.add).click();
      await page.getByRole("alertdialog").locator("code").waitFor();
    },
  },
  "more about a webhook": {
    files: ["webhooks/WebhookTable.tsx", "kit/CommandButton.tsx"],
    open: async (page) => {
      await page.goto(pages.webhooks.path);
      await page.getByRole("button", { name: words.more(hook) }).click();
      await page.getByRole("menu").waitFor();
    },
  },
  "messages to a webhook": {
    files: ["webhooks/DeliveriesPanel.tsx"],
    open: async (page) => {
      await page.goto(pages.webhooks.path);
      const row = page.getByRole("row").filter({ hasText: hook });
      await row.getByRole("button", { name: words.messages, exact: true }).click();
      await dialog(page).getByRole("button", { name: deliveries.again }).first().waitFor();
    },
  },
  "remove a webhook": {
    files: ["webhooks/WebhookTable.tsx"],
    open: async (page) => {
      await page.goto(pages.webhooks.path);
      await page.getByRole("button", { name: words.more(hook) }).click();
      await page.getByRole("menuitem", { name: words.remove }).click();
      await dialog(page).waitFor();
    },
  },
} as const satisfies Record<string, DialogEntry>;
