import { useQuery } from "@tanstack/react-query";
import { directoryRoleNames, directoryRoles } from "../../contract/permissions.ts";
import { textFields } from "../../contract/fields.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { FilterPills } from "../kit/FilterPills.tsx";
import { countryName } from "../kit/format.ts";
import { useSearchChange } from "../kit/use-search-change.ts";
import { userFacetsQuery, type UserListFilter } from "./user-queries.ts";
import { userTexts } from "./user-texts.ts";

const words = userTexts.filters;

/** The filters over a list of users; what they are set to stands in the address of the page. `isListed`: its rows are there. */
export function UserFilters({
  customerId,
  filter,
  isListed,
}: {
  customerId: string;
  filter: UserListFilter;
  isListed: boolean;
}) {
  const change = useSearchChange();
  const products = useQuery(productsQuery(customerId));
  // All users are looked at for the choices: the rows go first.
  const facets = useQuery({ ...userFacetsQuery(customerId, filter.state), enabled: isListed });
  const valued = (values: { value: string | null; users: number }[] | undefined, name: (value: string) => string) =>
    (values ?? []).map(({ value, users }) => ({
      value: value ?? "none",
      label: words.counted(value === null ? words.none : name(value), users),
    }));
  return (
    <FilterPills
      label={words.label}
      onChange={change}
      filters={[
        {
          key: "license",
          label: userTexts.users.licenses,
          value: filter.license,
          choices: [
            { value: "any", label: words.licensed },
            { value: "none", label: words.unlicensed },
            ...(products.data ?? []).map(({ skuId, name }) => ({ value: skuId, label: name })),
          ],
        },
        {
          key: "department",
          label: textFields.department.label,
          value: filter.department,
          choices: valued(facets.data?.departments, (value) => value),
        },
        {
          key: "usageLocation",
          label: textFields.usageLocation.label,
          value: filter.usageLocation,
          choices: valued(facets.data?.usageLocations, countryName),
        },
        {
          key: "permission",
          label: userTexts.users.permission,
          value: filter.permission,
          choices: [
            { value: "any", label: words.anyRole },
            { value: "user", label: userTexts.users.permissionUser },
            ...directoryRoleNames.map((role) => ({ value: role, label: directoryRoles[role].label })),
          ],
        },
        {
          key: "signIn",
          label: userTexts.users.signIn,
          value: filter.accountEnabled === undefined ? undefined : filter.accountEnabled ? "allowed" : "blocked",
          choices: [
            { value: "allowed", label: userTexts.users.signInAllowed },
            { value: "blocked", label: userTexts.users.signInBlocked },
          ],
        },
      ]}
    />
  );
}
