import { agentTexts } from "../../ui/agents/agent-texts.ts";
import { auditTexts } from "../../ui/audit/audit-texts.ts";
import { batchListTexts } from "../../ui/batches/batch-list-texts.ts";
import { batchPlanTexts } from "../../ui/batches/batch-plan-texts.ts";
import { batchTexts } from "../../ui/batches/batch-texts.ts";
import { undoTexts } from "../../ui/batches/undo-texts.ts";
import { batchWorkTexts } from "../../ui/batches/batch-work-texts.ts";
import { brakeTexts } from "../../ui/batches/brake-texts.ts";
import { brakeLimitTexts } from "../../ui/customers/brake-limit-texts.ts";
import { bundleTexts } from "../../ui/bundles/bundle-texts.ts";
import { customerTexts } from "../../ui/customers/customer-texts.ts";
import { frameTexts } from "../../ui/frame/frame-texts.ts";
import { homeTexts } from "../../ui/home/home-texts.ts";
import { texts as kitTexts } from "../../ui/kit/texts.ts";
import { notificationTexts } from "../../ui/notifications/notification-texts.ts";
import { peopleTexts } from "../../ui/people/people-texts.ts";
import { settingsTexts } from "../../ui/settings/settings-texts.ts";
import { signInTexts } from "../../ui/sign-in/sign-in-texts.ts";
import { uploadTexts } from "../../ui/upload/upload-texts.ts";
import { webhookTexts } from "../../ui/webhooks/webhook-texts.ts";
import { licenseTexts } from "../../ui/users/license-texts.ts";
import { permissionTexts } from "../../ui/users/permission-texts.ts";
import { restoreTexts } from "../../ui/users/restore-texts.ts";
import { userTexts } from "../../ui/users/user-texts.ts";
import { userFormTexts } from "../../ui/users/user-form-texts.ts";

/** Every word of the pages, as the tests look for them. */
export const texts = {
  ...kitTexts,
  ...webhookTexts,
  ...frameTexts,
  ...signInTexts,
  ...customerTexts,
  ...userTexts,
  ...licenseTexts,
  ...permissionTexts,
  ...restoreTexts,
  ...userFormTexts,
  ...uploadTexts,
  ...batchTexts,
  list: batchListTexts,
  work: batchWorkTexts,
  plan: batchPlanTexts,
  brakes: brakeTexts,
  bundles: bundleTexts,
  undo: undoTexts,
  brakeLimits: brakeLimitTexts,
  home: homeTexts,
  ...peopleTexts,
  ...auditTexts,
  ...agentTexts,
  ...settingsTexts,
  ...notificationTexts,
};
