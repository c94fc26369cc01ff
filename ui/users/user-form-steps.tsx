import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import type { ReactNode } from "react";
import type { Product } from "../../contract/customer.ts";
import type { NameCheck } from "../../contract/name-check.ts";
import { problemOf } from "../client/request-failed.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import type { WizardStep } from "../kit/Wizard.tsx";
import type { Holdings } from "./license-changes.ts";
import { LicensesStep, licensesProblem } from "./LicensesStep.tsx";
import { PermissionChoice } from "./PermissionChoice.tsx";
import { userFormTexts } from "./user-form-texts.ts";
import { type FormProblems, formSteps, type FormStep, type FormRefusal, stepOf, type UserForm } from "./user-form.ts";
import { UserInfoStep } from "./UserInfoStep.tsx";
import { UsernameField } from "./UsernameField.tsx";

const words = userFormTexts.userForm;

/** Whether something is wrong in the first step, that of the names. */
export function isInfoWrong(wrong: FormProblems, nameProblem: string | undefined): boolean {
  return nameProblem !== undefined || Object.keys(wrong).some((field) => field !== "roles");
}

/** The steps of the form for one user, new or not. */
export function userFormSteps({
  customerId,
  form,
  formKey,
  domains,
  products,
  holdings,
  usual,
  reasons,
  wrong,
  name,
  refused,
  refusedWords,
  error,
  review,
  onChange,
}: {
  customerId: string;
  form: UserForm;
  /** Another key where the form is about another person. */
  formKey?: string;
  domains: string[];
  products: Product[];
  holdings: Holdings;
  /** The usual location of the customer's users; empty where none is. */
  usual: string;
  /** Why the agent may not do what a step or the sign-in needs. */
  reasons: { info: string | null; signIn: string | null; permissions: string | null; licenses: string | null };
  wrong: FormProblems;
  name: {
    check: NameCheck | undefined;
    checking: boolean;
    problem: string | undefined;
    /** Whether its problem is told, by whether somebody tried to go on. */
    told: (tried: boolean) => boolean;
    remedy: ReactNode;
  };
  refused: FormRefusal | null;
  /** What the review says of a refusal that belongs to no field. */
  refusedWords: ReactNode;
  error: Error | null;
  review: ReactNode;
  onChange: (part: Partial<UserForm>) => void;
}): WizardStep<FormStep>[] {
  const refusedAt = (field: string) => (refused?.field === field ? refused.message : undefined);
  const contents: Record<FormStep, Omit<WizardStep<FormStep>, "key" | "title">> = {
    info: {
      valid: !isInfoWrong(wrong, name.problem),
      reason: reasons.info,
      content: (tried) => (
        <UserInfoStep
          key={formKey}
          form={form}
          usual={usual}
          signInReason={reasons.signIn}
          problem={(field) => (tried ? wrong[field as keyof typeof wrong] : undefined) ?? refusedAt(field)}
          username={
            <UsernameField
              form={form}
              domains={domains}
              check={name.check}
              checking={name.checking}
              reason={reasons.signIn}
              problem={name.told(tried) ? (name.problem ?? refusedAt("userPrincipalName")) : undefined}
              remedy={name.remedy}
              onChange={onChange}
            />
          }
          onChange={onChange}
        />
      ),
    },
    permissions: {
      valid: wrong.roles === undefined,
      reason: reasons.permissions,
      content: (tried) => (
        <PermissionChoice
          permission={form.permission}
          roles={form.roles}
          problem={tried ? (wrong.roles ?? refusedAt("permission")) : undefined}
          onChange={onChange}
        />
      ),
    },
    licenses: {
      valid: licensesProblem(form, products, holdings) === null,
      reason: reasons.licenses,
      content: (tried) => (
        <LicensesStep
          customerId={customerId}
          form={form}
          products={products}
          holdings={holdings}
          tried={tried}
          refused={refusedAt("licenses")}
          onChange={onChange}
        />
      ),
    },
    review: {
      valid: true,
      content: () => (
        <>
          {refused !== null && stepOf(refused.field) === "review" && (
            <MessageBar intent="error" layout="multiline">
              <MessageBarBody>{refusedWords}</MessageBarBody>
            </MessageBar>
          )}
          {error !== null && problemOf(error).code !== "unauthenticated" && <ProblemNotice error={error} />}
          {review}
        </>
      ),
    },
  };
  return formSteps.map((key) => ({ key, title: words.steps[key], ...contents[key] }));
}
