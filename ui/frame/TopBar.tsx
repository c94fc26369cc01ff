import {
  Avatar,
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { BuildingRegular } from "@fluentui/react-icons/svg/building";
import { ChevronDownRegular } from "@fluentui/react-icons/svg/chevron-down";
import { QuestionCircleRegular } from "@fluentui/react-icons/svg/question-circle";
import { SearchRegular } from "@fluentui/react-icons/svg/search";
import { NavigationRegular } from "@fluentui/react-icons/svg/navigation";
import { SignOutRegular } from "@fluentui/react-icons/svg/sign-out";
import { DarkThemeRegular } from "@fluentui/react-icons/svg/dark-theme";
import { useQuery } from "@tanstack/react-query";
import { batchQuery } from "../batches/batch-queries.ts";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { pages } from "../../contract/pages.ts";
import { customerQuery } from "../customers/customer-queries.ts";
import type { Overlay } from "./Overlays.tsx";
import { initialsOf } from "./initials-of.ts";
import { frameTexts } from "./frame-texts.ts";
import { texts } from "../kit/texts.ts";
import { chooseTheme, themeChoices, useThemeChoice, type ThemeChoice } from "./use-theme-choice.ts";
import { navGroups } from "./nav-items.ts";
import { useSignOut } from "./use-sign-out.ts";
import styles from "./TopBar.module.css";

/** The bar at the top: the brand, the look, the account, and on narrow screens the menu. */
export function TopBar({
  name,
  email,
  onOpen,
}: {
  name: string;
  email: string | null;
  onOpen: (what: Overlay) => void;
}) {
  return (
    <header className={styles.bar}>
      <div className={styles.narrow}>
        <NarrowMenu />
      </div>
      <Link to={pages.home.path} className={styles.brand}>
        <img src={new URL("../icon.svg", import.meta.url).href} alt="" width={22} height={22} />
        {texts.brand}
      </Link>
      <CustomerSwitcher onOpen={() => onOpen("customers")} />
      <button
        type="button"
        className={styles.search}
        onClick={() => onOpen("palette")}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <SearchRegular />
        <span className={styles.searchWords}>{frameTexts.palette.open}</span>
        <kbd className={styles.key}>Ctrl K</kbd>
      </button>
      <Button
        appearance="subtle"
        icon={<QuestionCircleRegular />}
        aria-label={frameTexts.help.open}
        title={frameTexts.help.open}
        onClick={() => onOpen("help")}
      />
      <ThemeMenu />
      <AccountMenu name={name} email={email} />
    </header>
  );
}

/** Names the customer whose pages these are, and leads to another one. */
function CustomerSwitcher({ onOpen }: { onOpen: () => void }) {
  const { customerId: named, batchId = "" } = useParams({ strict: false });
  // Only looked at here: the page of the batch reads it.
  const batch = useQuery({ ...batchQuery(batchId), enabled: false });
  const customerId = named ?? batch.data?.customerId;
  const customer = useQuery({ ...customerQuery(customerId ?? ""), enabled: customerId !== undefined });
  const name = customerId === undefined ? undefined : customer.data?.name;
  return (
    <button
      type="button"
      className={styles.switcher}
      aria-label={name === undefined ? frameTexts.switcher.none : frameTexts.switcher.label(name)}
      onClick={onOpen}
    >
      <BuildingRegular />
      <span className={styles.switcherName}>{name ?? frameTexts.switcher.none}</span>
      <ChevronDownRegular />
    </button>
  );
}

function NarrowMenu() {
  const navigate = useNavigate();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<NavigationRegular />} aria-label={frameTexts.nav.menu} />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {navGroups.map(({ heading, items }) => (
            <MenuGroup key={heading ?? ""}>
              {heading !== null && <MenuGroupHeader>{heading}</MenuGroupHeader>}
              {items.map(({ label, icon, to, href }) => (
                <MenuItem
                  key={label}
                  icon={icon}
                  onClick={() => (to === undefined ? window.location.assign(href) : void navigate({ to }))}
                >
                  {label}
                </MenuItem>
              ))}
            </MenuGroup>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function ThemeMenu() {
  const choice = useThemeChoice();
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_event, { checkedItems }) => chooseTheme(checkedItems[0] as ThemeChoice)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          icon={<DarkThemeRegular />}
          aria-label={frameTexts.nav.theme}
          title={frameTexts.nav.theme}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {themeChoices.map((one) => (
            <MenuItemRadio key={one} name="theme" value={one}>
              {frameTexts.nav.themes[one]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function AccountMenu({ name, email }: { name: string; email: string | null }) {
  const signOut = useSignOut();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          aria-label={frameTexts.nav.signedInAs(name)}
          icon={
            <Avatar
              // As text they would be a second name of the button, and those who speak to it would say the wrong one.
              initials={<span className={styles.initials} data-initials={initialsOf(name)} />}
              size={28}
              color="brand"
              aria-hidden
            />
          }
        />
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.who}>
          <strong>{name}</strong>
          {email !== null && <span>{email}</span>}
        </div>
        <MenuDivider />
        <MenuList>
          <MenuItem icon={<SignOutRegular />} onClick={() => void signOut()}>
            {frameTexts.nav.signOut}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
