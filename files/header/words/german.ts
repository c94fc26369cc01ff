import type { WordTable } from "./word-table.ts";

/** German, with the labels of the Microsoft 365 admin center and Entra ID. */
export const german: WordTable = {
  words: {
    userPrincipalName: [
      ["Benutzerprinzipalname", "Benutzerprinzipalname (UPN)"],
      ["Benutzername", "Anmeldename", "Nutzername", "Login-Name"],
      [
        "E-Mail",
        "E-Mail-Adresse",
        "Mailadresse",
        "E-Mail geschäftlich",
        "Geschäftliche E-Mail",
        "Geschäftliche E-Mail-Adresse",
        "E-Mail dienstlich",
        "Dienstliche E-Mail",
        "Dienstliche E-Mail-Adresse",
        "Primäre E-Mail-Adresse",
      ],
      ["E-Mail Arbeit", "Firmen-E-Mail"],
      ["Anmeldung", "Kennung", "Benutzerkennung", "Benutzer", "Kontoname", "Konto", "Login-Kennung", "Benutzer-ID"],
    ],
    displayName: [
      ["Anzeigename", "Vollständiger Name", "Voller Name", "Angezeigter Name", "Vor- und Nachname", "Name und Vorname"],
      ["Vorname Nachname", "Vorname Name", "Name Vorname", "Nachname Vorname"],
      ["Mitarbeiter", "Mitarbeitername", "Mitarbeiter/in"],
    ],
    givenName: [["Vorname", "Rufname"], ["Vornamen"]],
    surname: [["Nachname", "Familienname", "Zuname"]],
    jobTitle: [
      ["Position", "Berufsbezeichnung", "Stellenbezeichnung", "Stelle", "Jobtitel", "Tätigkeit"],
      ["Funktion", "Titel", "Beruf", "Planstelle"],
    ],
    department: [
      ["Abteilung", "Abteilungsname"],
      ["Bereich", "Fachbereich", "Team", "Organisationseinheit"],
    ],
    companyName: [
      ["Firma", "Firmenname", "Name der Firma"],
      ["Unternehmen", "Organisation", "Gesellschaft"],
    ],
    officeLocation: [
      ["Büro", "Büronummer", "Bürostandort"],
      ["Standort", "Gebäude", "Raum", "Zimmer", "Raumnummer"],
    ],
    streetAddress: [
      ["Straße", "Straße und Hausnummer", "Straße/Hausnummer", "Straße, Nr.", "Straßenadresse"],
      ["Adresse", "Anschrift", "Straße Hausnr"],
    ],
    city: [
      ["Stadt", "Ort"],
      ["Wohnort", "Ortschaft"],
    ],
    stateOrProvince: [
      ["Bundesland", "Kanton", "Bundesland/Kanton", "Bundesland oder Kanton"],
      ["Provinz", "Region"],
    ],
    postalCode: [["Postleitzahl", "PLZ"]],
    country: [
      ["Land", "Land oder Region", "Land/Region", "Staat"],
      [],
      ["Ländercode", "Länderkennzeichen", "Landeskennzahl"],
    ],
    usageLocation: [["Nutzungsstandort", "Nutzungsort", "Verwendungsstandort", "Nutzungsland"]],
    businessPhone: [
      [
        "Telefon geschäftlich",
        "Geschäftlich (Telefon)",
        "Geschäftliche Telefonnummer",
        "Telefon Büro",
        "Bürotelefon",
        "Telefon dienstlich",
        "Diensttelefon",
      ],
      ["Telefon", "Telefonnummer", "Rufnummer", "Tel", "Tel.-Nr.", "Telefon-Nr.", "Festnetz", "Durchwahl"],
    ],
    mobilePhone: [
      ["Mobiltelefon", "Mobiltelefonnummer", "Mobilnummer", "Diensthandy"],
      ["Handy", "Handynummer", "Mobil", "Handy-Nr.", "Mobilfunknummer"],
    ],
    faxNumber: [["Fax", "Faxnummer", "Telefax", "Fax-Nr."]],
    mailNickname: [["E-Mail-Kontoname", "E-Mail-Alias"]],
    otherMail: [
      ["Alternative E-Mail-Adresse", "Alternative E-Mail", "Weitere E-Mail-Adresse"],
      ["Private E-Mail", "Private E-Mail-Adresse", "E-Mail privat"],
    ],
    accountEnabled: [["Konto aktiviert", "Aktiviert", "Anmeldung zugelassen"]],
    signInBlocked: [
      [
        "Anmeldung blockieren",
        "Anmelden blockieren",
        "Anmeldung sperren",
        "Anmeldung blockiert",
        "Gesperrt",
        "Blockiert",
      ],
      ["Deaktiviert", "Konto deaktiviert"],
    ],
    permission: [
      ["Berechtigung", "Berechtigungen", "Verzeichnisrolle", "Verzeichnisrollen"],
      ["Rolle", "Rollen"],
    ],
    licenses: [
      ["Lizenz", "Lizenzen", "Zugewiesene Lizenzen", "Produktlizenzen", "Lizenztyp"],
      ["Produkt", "Produkte", "Abonnement"],
    ],
    password: [
      [
        "Kennwort",
        "Passwort",
        "Initialkennwort",
        "Anfangskennwort",
        "Erstkennwort",
        "Startkennwort",
        "Initialpasswort",
        "Startpasswort",
        "Temporäres Kennwort",
        "Neues Kennwort",
      ],
    ],
    domain: [["Domäne", "Domänenname"]],
    objectId: [["Objekt-ID"]],
    customer: [["Kunde", "Kundenname", "Mandant"]],
    statusUpdate: [["Statusaktualisierung"]],
  },
  names: { fullOrSurname: ["Name"] },
  ignored: ["Anrede", "Geschlecht", "Geburtsdatum", "Personalnummer", "Vorgesetzter", "Bemerkung", "Eintrittsdatum"],
};
