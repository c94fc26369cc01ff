import { Button } from "@fluentui/react-components";
import { createLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes, ReactElement, ReactNode, Ref } from "react";

type Looks = {
  appearance?: "primary" | "secondary" | "subtle" | "transparent";
  size?: "small" | "medium";
  icon?: ReactElement;
  children?: ReactNode;
  ref?: Ref<HTMLAnchorElement>;
};

function ButtonAnchor({ appearance, size, icon, ref, ...rest }: Looks & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const looks = { appearance: appearance ?? "secondary", size: size ?? "medium" } as const;
  return (
    <Button as="a" {...(rest as object)} {...looks} {...(icon && { icon })} {...(ref && { ref: ref as Ref<never> })} />
  );
}

/** A link to a page of ours that looks like a button. */
export const LinkButton = createLink(ButtonAnchor);
