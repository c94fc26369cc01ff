import { many, n } from "../kit/count-words.ts";

const mostNamed = 20;

/** The words of the forms about licenses. */
export const licenseTexts = {
  manageLicenses: {
    label: "Manage licenses",
    title: (whom: string) => `Manage licenses of ${whom}`,
    lead: "What you leave as it is stays as it is. Adding and removing happen together for each user: a swap is one step.",
    done: "Licenses updated",
    products: "Products",
    search: "Search products",
    noMatch: (q: string) => `No product matches “${q}”.`,
    noProducts: "This customer has no products yet.",
    have: (users: number, of: number) =>
      users === 0
        ? "Nobody has it"
        : users === of
          ? of === 1
            ? "Has it"
            : `All ${n(of)} have it`
          : `${n(users)} of ${n(of)} have it`,
    holders: (names: string[]) =>
      `Who has it: ${names.slice(0, mostNamed).join(", ")}${names.length > mostNamed ? `, and ${n(names.length - mostNamed)} more` : ""}.`,
    available: (seats: number) => `${n(seats)} available`,
    needed: (needed: number, available: number) => `${n(needed)} needed, ${n(available)} available`,
    freed: (seats: number) => `${many(seats, "seat", "seats")} become free`.replace("1 seat become", "1 seat becomes"),
    short: (users: number) =>
      users === 1
        ? "1 seat is missing: 1 user would fail."
        : `${n(users)} seats are missing: ${n(users)} users would fail.`,
    addSeats: "Add seats",
    addSeatsOf: (name: string) => `Add seats of ${name}`,
    plansOf: (name: string) => `Service plans of ${name}`,
    allPlans: "All service plans",
    plansFirst: "Service plans can be chosen once all selected users have the product.",
    plansEven: "These service plans become the same for everybody.",
    plansOff: (amount: number) => `${many(amount, "service plan", "service plans")} off`,
    noPlans: "It has no service plans.",
    submit: "Submit",
    busy: "Submitting…",
    nothing: "Nothing is changed yet.",
    gives: (name: string, users: number) => `Gives ${name} to ${many(users, "user", "users")}.`,
    takes: (name: string, users: number) => `Takes ${name} from ${many(users, "user", "users")}.`,
    changesPlans: (name: string) => `Changes the service plans of ${name}.`,
    save: "Save licenses",
    saving: "Saving…",
    saved: "The licenses are saved.",
    batch: "Open the batch",
    underWay: "It is not done yet: it takes longer than ten seconds, or awaits an approval. The batch shows which.",
  },
  location: {
    missing: (users: number) =>
      users === 1
        ? "1 user has no usage location and cannot get a license before."
        : `${n(users)} users have no usage location and cannot get a license before.`,
    missingOne: "The user has no usage location and cannot get a license before.",
    field: "Usage location",
    hint: "Where the services are used.",
    usual: (country: string) => `Most users of this customer have ${country}.`,
    update: "Update location",
    busy: (done: number, of: number) => `${n(done)} of ${n(of)} set…`,
    choose: "Choose a usage location.",
    failed: (users: number) => `${many(users, "user", "users")} could not be given it.`,
    tooMany: "More than 10,000 users are selected by their missing location. Select fewer first.",
  },
} as const;
