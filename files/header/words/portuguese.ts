import type { WordTable } from "./word-table.ts";

/** Portuguese of Portugal and Brazil, with the labels of the Microsoft 365 admin center and Entra ID. */
export const portuguese: WordTable = {
  words: {
    userPrincipalName: [
      ["Nome principal do usuário", "Nome principal do utilizador", "Nome UPN"],
      ["Nome de usuário", "Nome de utilizador", "Nome do usuário", "Nome do utilizador", "Nome de início de sessão"],
      [
        "Endereço de email",
        "Correio eletrónico",
        "Endereço de correio eletrónico",
        "E-mail corporativo",
        "E-mail profissional",
      ],
      ["E-mail de trabalho", "Email institucional"],
      ["Usuário", "Utilizador", "Conta", "Login de usuário", "ID de usuário", "ID de utilizador"],
    ],
    displayName: [
      ["Nome para exibição", "Nome de exibição", "Nome a apresentar", "Nome completo"],
      ["Nome e sobrenome", "Nome e apelido"],
      ["Funcionário", "Colaborador", "Nome do funcionário", "Nome do colaborador"],
    ],
    givenName: [["Nome próprio", "Primeiro nome"], ["Nomes próprios"]],
    surname: [
      ["Sobrenome", "Apelido"],
      ["Último nome", "Nome de família", "Apelidos", "Sobrenomes"],
    ],
    jobTitle: [
      ["Cargo", "Função"],
      ["Título", "Posto", "Profissão"],
    ],
    department: [["Departamento"], ["Setor", "Secção", "Equipa", "Equipe", "Área"]],
    companyName: [["Empresa", "Nome da empresa", "Companhia"], ["Organização"]],
    officeLocation: [
      ["Escritório", "Número do escritório", "Localização do escritório"],
      ["Filial", "Edifício", "Sala"],
    ],
    streetAddress: [
      ["Endereço", "Morada", "Rua"],
      ["Logradouro", "Endereço postal"],
    ],
    city: [["Cidade"], ["Localidade", "Município"]],
    stateOrProvince: [
      ["Estado ou província", "Distrito", "UF"],
      ["Estado", "Província", "Região", "Estado/Província"],
    ],
    postalCode: [["Código postal", "CEP"]],
    country: [["País", "País ou região", "País/Região"], [], ["Código do país"]],
    usageLocation: [["Local de uso", "Localização de uso", "Local de utilização", "Localização de utilização"]],
    businessPhone: [
      ["Telefone comercial", "Telefone do escritório", "Telefone profissional", "Telefone do trabalho"],
      ["Telefone", "Número de telefone", "Tel", "Telefone fixo", "Ramal"],
    ],
    mobilePhone: [
      ["Telemóvel", "Telefone celular", "Celular", "Telefone móvel"],
      ["Número de telemóvel", "Móvel"],
    ],
    faxNumber: [["Fax", "Número de fax"]],
    mailNickname: [["Alias de email"]],
    otherMail: [
      ["Endereço de email alternativo", "E-mail alternativo"],
      ["E-mail pessoal", "E-mail particular"],
    ],
    accountEnabled: [["Conta habilitada", "Conta ativada", "Habilitado", "Ativado"]],
    signInBlocked: [
      [
        "Bloquear entrada",
        "Bloquear a entrada",
        "Bloquear o início de sessão",
        "Bloquear login",
        "Bloquear logon",
        "Bloquear início de sessão",
        "Entrada bloqueada",
        "Bloqueado",
      ],
      ["Desativado"],
    ],
    permission: [
      ["Permissão", "Permissões"],
      ["Funções", "Perfil"],
    ],
    licenses: [
      ["Licença", "Licenças", "Licenças atribuídas"],
      ["Produto", "Produtos", "Assinatura"],
    ],
    password: [
      [
        "Senha",
        "Senha inicial",
        "Senha temporária",
        "Palavra-passe",
        "Palavra-passe inicial",
        "Palavra-passe temporária",
      ],
    ],
    domain: [["Domínio", "Nome de domínio"]],
    objectId: [["ID do objeto", "ID de objeto"]],
    customer: [["Cliente", "Nome do cliente"]],
    statusUpdate: [["Atualização de status", "Atualização de estado"]],
  },
  names: { fullOrGiven: ["Nome"] },
  ignored: ["Nome do meio", "Sexo", "Data de nascimento", "CPF", "Matrícula", "Gestor", "Observações"],
};
