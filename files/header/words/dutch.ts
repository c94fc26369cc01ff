import type { WordTable } from "./word-table.ts";

/** Dutch, with the labels of the Microsoft 365 admin center and Entra ID. */
export const dutch: WordTable = {
  words: {
    userPrincipalName: [
      ["User principal name (UPN)", "Principal-naam van gebruiker", "Principal-naam gebruiker"],
      ["Gebruikersnaam", "Aanmeldnaam", "Inlognaam", "Loginnaam"],
      ["E-mailadres", "Mailadres", "Zakelijk e-mailadres", "E-mail zakelijk", "E-mail werk", "Primair e-mailadres"],
      ["Zakelijke e-mail", "Werkmail"],
      ["Gebruiker", "Account", "Accountnaam", "Gebruikers-ID", "Inlogcode"],
    ],
    displayName: [
      ["Weergavenaam", "Volledige naam", "Weergegeven naam"],
      ["Voor- en achternaam", "Voornaam Achternaam", "Achternaam, voornaam"],
      ["Medewerker", "Naam medewerker", "Werknemer"],
    ],
    givenName: [["Voornaam", "Roepnaam"], ["Voornamen"]],
    surname: [["Achternaam", "Familienaam"], ["Geslachtsnaam"]],
    jobTitle: [
      ["Functie", "Functietitel", "Functienaam"],
      ["Titel", "Beroep", "Functieomschrijving"],
    ],
    department: [
      ["Afdeling", "Afdelingsnaam"],
      ["Team", "Dienst", "Sector"],
    ],
    companyName: [
      ["Bedrijf", "Bedrijfsnaam", "Naam bedrijf"],
      ["Organisatie", "Firma", "Werkgever"],
    ],
    officeLocation: [
      ["Kantoor", "Kantoornummer", "Kantoorlocatie"],
      ["Vestiging", "Gebouw", "Kamer", "Standplaats"],
    ],
    streetAddress: [
      ["Adres", "Straat", "Straat en huisnummer", "Straatadres"],
      ["Adresregel 1", "Adres 1"],
    ],
    city: [
      ["Plaats", "Stad"],
      ["Woonplaats", "Gemeente"],
    ],
    stateOrProvince: [
      ["Provincie", "Staat of provincie"],
      ["Regio", "Provincie/Staat"],
    ],
    postalCode: [["Postcode"], ["PC"]],
    country: [["Land", "Land of regio", "Land/Regio"], [], ["Landcode"]],
    usageLocation: [["Gebruikslocatie", "Locatie van gebruik"], ["Locatie"]],
    businessPhone: [
      ["Telefoon werk", "Telefoon kantoor", "Werktelefoon", "Zakelijke telefoon", "Telefoon zakelijk"],
      ["Telefoon", "Telefoonnummer", "Tel", "Vast nummer", "Doorkiesnummer"],
    ],
    mobilePhone: [
      ["Mobiele telefoon", "Mobiel", "Mobiel nummer", "Mobiel telefoonnummer"],
      ["GSM", "Gsm-nummer", "06-nummer"],
    ],
    faxNumber: [["Fax", "Faxnummer"]],
    mailNickname: [["E-mailalias", "E-mailbijnaam"]],
    otherMail: [
      ["Alternatief e-mailadres", "Ander e-mailadres"],
      ["Privé e-mailadres", "E-mail privé", "Persoonlijk e-mailadres"],
    ],
    accountEnabled: [["Account ingeschakeld", "Ingeschakeld", "Aanmelden toegestaan"]],
    signInBlocked: [
      ["Aanmelden blokkeren", "Aanmelding blokkeren", "Aanmelding geblokkeerd", "Geblokkeerd"],
      ["Uitgeschakeld"],
    ],
    permission: [
      ["Machtiging", "Machtigingen", "Bevoegdheid", "Rechten"],
      ["Rol", "Rollen"],
    ],
    licenses: [
      ["Licentie", "Licenties", "Toegewezen licenties"],
      ["Product", "Producten", "Abonnement"],
    ],
    password: [["Wachtwoord", "Eerste wachtwoord", "Tijdelijk wachtwoord", "Initieel wachtwoord", "Nieuw wachtwoord"]],
    domain: [["Domein", "Domeinnaam"]],
    objectId: [["Object-id", "Object-ID gebruiker"]],
    customer: [["Klant", "Klantnaam"]],
    statusUpdate: [["Statusupdate"]],
  },
  names: { fullOrSurname: ["Naam"] },
  ignored: [
    "Tussenvoegsel",
    "Voorletters",
    "Geslacht",
    "Geboortedatum",
    "Personeelsnummer",
    "Leidinggevende",
    "Opmerking",
  ],
};
