import type { WordTable } from "./word-table.ts";

/** French, with the labels of the Microsoft 365 admin center and Entra ID. */
export const french: WordTable = {
  words: {
    userPrincipalName: [
      ["Nom d'utilisateur principal", "Nom principal d'utilisateur", "Nom d'utilisateur principal (UPN)"],
      ["Nom d'utilisateur", "Nom utilisateur", "Nom de connexion"],
      [
        "Adresse e-mail",
        "Adresse électronique",
        "Courriel",
        "Adresse courriel",
        "Adresse de messagerie",
        "E-mail professionnel",
        "Adresse e-mail professionnelle",
        "Courrier électronique",
        "Mél",
        "Adresse mail",
      ],
      ["Messagerie", "Mail professionnel"],
      ["Identifiant", "Identifiant de connexion", "Compte", "Nom de compte", "Utilisateur"],
    ],
    displayName: [
      ["Nom d'affichage", "Nom complet", "Nom affiché", "Nom à afficher"],
      ["Nom et prénom", "Nom Prénom", "Prénom Nom", "Prénom et nom"],
      ["Employé", "Collaborateur", "Salarié"],
    ],
    givenName: [["Prénom"], ["Prénoms"]],
    surname: [["Nom de famille"], ["Nom d'usage", "Patronyme"]],
    jobTitle: [
      ["Fonction", "Intitulé du poste", "Titre du poste"],
      ["Poste", "Titre", "Emploi", "Métier"],
    ],
    department: [
      ["Service", "Département"],
      ["Direction", "Pôle", "Équipe"],
    ],
    companyName: [
      ["Société", "Entreprise", "Nom de la société", "Raison sociale"],
      ["Organisation", "Établissement"],
    ],
    officeLocation: [
      ["Bureau", "Emplacement du bureau"],
      ["Numéro de bureau", "Bâtiment", "Site", "Lieu de travail"],
    ],
    streetAddress: [
      ["Adresse", "Rue", "Adresse postale", "Adresse civique"],
      ["Adresse 1", "Voie"],
    ],
    city: [["Ville"], ["Commune", "Localité"]],
    stateOrProvince: [
      ["Région", "État ou province", "Département ou région", "Province", "Canton"],
      ["État", "État/Province"],
    ],
    postalCode: [["Code postal", "CP", "NPA"]],
    country: [["Pays", "Pays ou région", "Pays/Région"], [], ["Code pays"]],
    usageLocation: [["Emplacement d'utilisation", "Lieu d'utilisation"]],
    businessPhone: [
      ["Téléphone professionnel", "Téléphone bureau", "Téléphone du bureau", "Tél. professionnel", "Tél. bureau"],
      ["Téléphone", "Numéro de téléphone", "Tél", "Téléphone fixe", "Fixe", "N° de téléphone", "Ligne directe"],
    ],
    mobilePhone: [
      ["Téléphone mobile", "Téléphone portable", "Mobile", "Numéro de mobile"],
      ["Portable", "Cellulaire", "GSM", "Tél. mobile", "Tél. portable"],
    ],
    faxNumber: [["Télécopie", "Télécopieur", "Fax", "Numéro de fax", "Numéro de télécopie"]],
    mailNickname: [["Pseudo de messagerie", "Alias de messagerie"]],
    otherMail: [
      [
        "Autre adresse e-mail",
        "Adresse e-mail de remplacement",
        "Adresse de messagerie secondaire",
        "Adresse e-mail secondaire",
        "Autre adresse de messagerie",
      ],
      ["E-mail personnel", "Adresse e-mail personnelle", "Courriel personnel", "Mail personnel"],
    ],
    accountEnabled: [["Compte activé", "Activé", "Connexion autorisée"]],
    signInBlocked: [
      ["Bloquer la connexion", "Bloquer connexion", "Connexion refusée", "Connexion bloquée", "Bloqué"],
      ["Compte désactivé", "Désactivé"],
    ],
    permission: [
      ["Autorisation", "Autorisations", "Rôle d'annuaire"],
      ["Rôle", "Rôles"],
    ],
    licenses: [
      ["Licence", "Licences", "Licences attribuées", "Licences de produits"],
      ["Produit", "Produits"],
    ],
    password: [
      [
        "Mot de passe",
        "Mot de passe initial",
        "Mot de passe temporaire",
        "Mot de passe provisoire",
        "Nouveau mot de passe",
        "MDP",
      ],
    ],
    domain: [["Domaine", "Nom de domaine"]],
    objectId: [["ID d'objet", "ID objet", "Identificateur d'objet"]],
    customer: [["Client", "Nom du client"]],
    statusUpdate: [["Mise à jour de l'état"]],
  },
  names: { surnameOrFull: ["Nom"] },
  ignored: ["Civilité", "Sexe", "Date de naissance", "Matricule", "Responsable", "Remarques", "Date d'embauche"],
};
