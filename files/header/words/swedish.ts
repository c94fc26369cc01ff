import type { WordTable } from "./word-table.ts";

/** Swedish, with the labels of the Microsoft 365 admin center and Entra ID. */
export const swedish: WordTable = {
  words: {
    userPrincipalName: [
      ["Användarens huvudnamn", "Användarhuvudnamn", "UPN-namn"],
      ["Användarnamn", "Inloggningsnamn"],
      ["E-post", "E-postadress", "E-post arbete", "Jobbmejl", "Mejladress", "Primär e-postadress"],
      ["Arbetsmejl", "Mejl", "E-post jobb"],
      ["Användare", "Konto", "Kontonamn", "Användar-ID", "Användarkonto"],
    ],
    displayName: [
      ["Visningsnamn", "Fullständigt namn", "Hela namnet"],
      ["För- och efternamn", "Förnamn och efternamn", "Förnamn Efternamn"],
      ["Anställd", "Medarbetare"],
    ],
    givenName: [["Förnamn", "Tilltalsnamn"], ["Förnamn(en)"]],
    surname: [["Efternamn"], ["Släktnamn"]],
    jobTitle: [
      ["Befattning", "Jobbtitel", "Yrkestitel"],
      ["Titel", "Roll i företaget", "Tjänst", "Yrke"],
    ],
    department: [
      ["Avdelning", "Avdelningsnamn"],
      ["Team", "Enhet", "Sektion"],
    ],
    companyName: [
      ["Företag", "Företagsnamn", "Bolag"],
      ["Organisation", "Firma", "Arbetsgivare"],
    ],
    officeLocation: [
      ["Kontor", "Kontorsnummer", "Kontorsplats"],
      ["Byggnad", "Rum", "Arbetsplats"],
    ],
    streetAddress: [
      ["Gatuadress", "Adress", "Gata"],
      ["Utdelningsadress", "Postadress"],
    ],
    city: [["Ort", "Stad"], ["Postort"]],
    stateOrProvince: [
      ["Län", "Delstat eller provins", "Region"],
      ["Landskap", "Kommun"],
    ],
    postalCode: [["Postnummer", "Postnr"]],
    country: [["Land", "Land eller region", "Land/region"], [], ["Landskod"]],
    usageLocation: [["Användningsplats", "Användningsland"]],
    businessPhone: [
      ["Arbetstelefon", "Telefon arbete", "Kontorstelefon", "Telefon kontor", "Jobbtelefon"],
      ["Telefon", "Telefonnummer", "Tel", "Tfn", "Direktnummer", "Fast telefon"],
    ],
    mobilePhone: [["Mobiltelefon", "Mobil", "Mobilnummer", "Mobiltelefonnummer"], ["Mobilnr"]],
    faxNumber: [["Fax", "Faxnummer"]],
    mailNickname: [["E-postalias", "E-postsmeknamn"]],
    otherMail: [
      ["Alternativ e-postadress", "Alternativ e-post"],
      ["Privat e-post", "E-post privat", "Privat mejl"],
    ],
    accountEnabled: [["Konto aktiverat", "Aktiverat", "Inloggning tillåten", "Aktiverad"]],
    signInBlocked: [
      ["Blockera inloggning", "Blockera inloggningen", "Inloggning blockerad", "Blockerad"],
      ["Inaktiverad", "Inaktiverat"],
    ],
    permission: [
      ["Behörighet", "Behörigheter"],
      ["Roll", "Roller"],
    ],
    licenses: [
      ["Licens", "Licenser", "Tilldelade licenser"],
      ["Produkt", "Produkter"],
    ],
    password: [["Lösenord", "Tillfälligt lösenord", "Första lösenord", "Nytt lösenord", "Startlösenord"]],
    domain: [["Domän", "Domännamn"]],
    objectId: [["Objekt-ID"]],
    customer: [["Kund", "Kundnamn"]],
    statusUpdate: [["Statusuppdatering"]],
  },
  names: { fullOrSurname: ["Namn"] },
  ignored: ["Mellannamn", "Kön", "Födelsedatum", "Personnummer", "Anställningsnummer", "Chef", "Anteckning"],
};
