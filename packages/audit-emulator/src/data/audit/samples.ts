import type { ContentType } from './shapes.js';

/**
 * The records printed in Microsoft's documentation, as JSON text: their ids, times and tenants are theirs, so in a feed
 * they stand for events that arrive years late. White space was removed; see NOTICE for source and licence.
 */
export const documentedRecords: readonly { contentType: ContentType; text: string }[] = [
  {
    contentType: 'Audit.General',
    text: String.raw`{"SensitivityLabelEventData":{},"SensitiveInfoTypeData":[],"ProtectionEventData":{"ProtectionType":"Custom","IsProtected":true,"ProtectionOwner":"ipadmin@champion365.onmicrosoft.com"},"Common":{"ApplicationId":"c00e9d32-3c8d-4a7d-832b-029040e7db99","ApplicationName":"Microsoft Azure Information Protection Explorer Extension","ProcessName":"MSIP.App","Platform":1,"DeviceName":"WinDev2210Eval","Location":"On-premises file shares","ProductVersion":"2.14.90.0"},"DataState":"Rest","ObjectId":"C:\\Users\\User\\OneDrive - champion365\\Cascade Car Schematics.docx","UserId":"ipadmin@champion365.onmicrosoft.com","ClientIP":"104.190.163.53","Id":"e15273c7-f07e-41ec-bac1-5da8739623a5","RecordType":93,"CreationTime":"2022-12-06T20:51:58","Operation":"Discover","OrganizationId":"c8085975-d882-42d2-9193-d82d752a5de9","UserType":0,"UserKey":"981d11ea-df5c-4334-b656-bb9011bc435b","Workload":"Aip","Version":1,"Scope":1}`,
  },
  {
    contentType: 'Audit.General',
    text: String.raw`{"SensitivityLabelEventData":{"SensitivityLabelId":"e14c1275-fa87-4421-8a59-5e3c3c214d61"},"SensitiveInfoTypeData":[],"ProtectionEventData":{"ProtectionType":"Template","TemplateId":"2f0f4096-5629-405c-b2a1-8611053b0ed0","IsProtected":true,"ProtectionOwner":"tony@smith.net"},"Common":{"ApplicationId":"c00e9d32-3c8d-4a7d-832b-029040e7db99","ApplicationName":"Microsoft Azure Information Protection Word Add-In","ProcessName":"WINWORD","Platform":1,"DeviceName":"chmp365-avance","Location":"On-premises file shares","ProductVersion":"2.13.49.0"},"Data State":"Use","ObjectId":"C:\\Users\\AdeleVance\\Downloads\\dest.docx","UserId":"AdeleV@champion365.onmicrosoft.com","ClientIP":"76.135.237.70","Id":"f8317892-3dc0-455d-9edd-8d6615addf41","RecordType":93,"CreationTime":"2022-11-06T22:56:26","Operation":"Access","OrganizationId":"c8085975-d882-42d2-9193-d82d752a5de9","UserType":0,"UserKey":"aec5d8fc-bbbd-4ab0-b607-5d9ea1f067f2","Workload":"Aip","Version":1,"Scope":1}`,
  },
  {
    contentType: 'Audit.General',
    text: String.raw`{"SensitiveInfoTypeData":[],"Common":{"ApplicationId":"c00e9d32-3c8d-4a7d-832b-029040e7db99","ApplicationName":"Microsoft Azure Information Protection Scanners","ProcessName":"MSIP.Scanner","Platform":1,"DeviceName":"AIPSCANNER1.mscompliance.click","Location":"On-premises file shares","ProductVersion":"2.14.90.0"},"DataState":"Rest","ObjectId":"fileshare\\capacity\\Data8\\docs - Copy - Copy (7) - Copy\\_creds\\Acme Request for Time Off.doc","UserId":"AdeleV@champion365.onmicrosoft.com","UserId":"mipscanner@kazdemos.org","ClientIP":" 52.159.112.221","Id":"8417bbf6-3469-57bf-d48e-ee80f34c3d71","RecordType":96,"CreationTime":"2022-12-22T20:50:10","Operation":"FileDeleted","OrganizationId":"ac1dff03-7e0e-4ac8-a4c9-9b38d24f062c","UserType":5,"UserKey":"cab9530a-5b06-4c61-b09b-590fda6a40f8","ResultStatus":"Succeeded"}`,
  },
  {
    contentType: 'Audit.General',
    text: String.raw`{"Common":{"ApplicationId":"c00e9d32-3c8d-4a7d-832b-029040e7db99","ApplicationName":"Microsoft Azure Information Protection Explorer Extension","ProcessName":"MSIP.App","Platform":1,"DeviceName":"marketing-demo1","ProductVersion":"2.14.90.0"},"UserId":"ipadmin@champion365.onmicrosoft.com","ClientIP":"20.163.159.46","Id":"2e7b94ee-92f7-480f-8b14-89d4bc0c0e43","RecordType":97,"CreationTime":"2022-12-22T20:50:10","Operation":"HeartBeat","OrganizationId":"c8085975-d882-42d2-9193-d82d752a5de9","UserType":0,"UserKey":"981d11ea-df5c-4334-b656-bb9011bc435b","Workload":"Aip","Version":1,"Scope":1}`,
  },
  {
    contentType: 'Audit.General',
    text: String.raw`{"SensitiveInfoTypeData":[],"ProtectionEventData":{"ProtectionEventType":1,"ProtectionType":"Template","TemplateId":"b00b3737-7542-4181-ab70-5dde2c266ccf","IsProtected":true,"IsProtectedBefore":false,"ProtectionOwner":"ipadmin@champion365.onmicrosoft.com"},"Common":{"ApplicationId":"c00e9d32-3c8d-4a7d-832b-029040e7db99","ApplicationName":"Microsoft Azure Information Protection Word Add-In","ProcessName":"WINWORD","Platform":1,"DeviceName":"marketing-demo1","Location":"On-premises file shares","ProductVersion":"2.14.90.0"},"DataState":"Use","SensitivityLabelEventData":{"SensitivityLabelId":"4eff011f-95b3-4371-8836-39da6458f464","LabelEventType":4,"ActionSource":1},"ObjectId":"Document2","UserId":"ipadmin@champion365.onmicrosoft.com","ClientIP":"20.163.159.46","Id":"77b9a81f-aa2a-4e4a-bdb7-d35b03277fec","RecordType":94,"CreationTime":"2022-12-13T22:45:39","Operation":"SensitivityLabelApplied","OrganizationId":"c8085975-d882-42d2-9193-d82d752a5de9","UserType":0,"UserKey":"981d11ea-df5c-4334-b656-bb9011bc435b","Workload":"Aip","Version":1,"Scope":1}`,
  },
  {
    contentType: 'Audit.General',
    text: String.raw`{"SensitiveInfoTypeData":[],"ProtectionEventData":{"ProtectionEventType":1,"ProtectionType":"DoNotForward","IsProtected":true,"IsProtectedBefore":false,"ProtectionOwner":"ipadmin@champion365.onmicrosoft.com"},"Common":{"ApplicationId":"c00e9d32-3c8d-4a7d-832b-029040e7db99","ApplicationName":"Microsoft Azure Information Protection Outlook Add-In","ProcessName":"OUTLOOK","Platform":1,"DeviceName":"forrester-demo1","Location":"On-premises file shares","ProductVersion":"2.14.90.0"},"DataState":"Use","SensitivityLabelEventData":{"SensitivityLabelId":"6a10f3c2-a682-44ba-a911-52dcca64e78d","OldSensitivityLabelId":"6282649d-9e2a-4063-8587-32eaaa9ad68e","LabelEventType":1,"ActionSource":3},"ObjectId":"test.msg","UserId":"ipadmin@champion365.onmicrosoft.com","ClientIP":"20.163.159.46","Id":"ca08441d-7876-4320-9c75-c0a3d99bcc4a","RecordType":94,"CreationTime":"2022-12-22T21:01:35","Operation":"SensitivityLabelUpdated","OrganizationId":"c8085975-d882-42d2-9193-d82d752a5de9","UserType":0,"UserKey":"981d11ea-df5c-4334-b656-bb9011bc435b","Workload":"Aip","Version":1,"Scope":1}`,
  },
  {
    contentType: 'Audit.Exchange',
    text: String.raw`{"CreationTime":"2023-03-22T19:00:59","Id":"a3500d45-6ab3-4971-a762-a01a846015d0","Operation":"MessageAccess","OrganizationId":"84b06764-3e5e-4f51-9a78-046a7f38b59b","RecordType":154,"ResultStatus":"Success","UserKey":"admin@M365x965352.onmicrosoft.com","UserType":0,"Version":1,"Workload":"Exchange","UserId":"admin@M365x965352.onmicrosoft.com","AuthenticationMethod":"Google","AuthenticationStatus":0,"MessageId":"<MW5PR18MB5094602B59DFEC335A3C5E58AA869@MW5PR18MB5094.namprd18.prod.outlook.com>","OperationProperties":[{"Name":"MailSubject","Value":"Support case 1234567"}],"OperationStatus":0,"Recipient":"sam@fabrikam.example","Sender":"admin@M365x965352.onmicrosoft.com"}`,
  },
  {
    contentType: 'Audit.AzureActiveDirectory',
    text: String.raw`{"CreationTime":"2015-06-29T20:03:19","Id":"80c76bd2-9d81-4c57-a97a-accfc3443dca","Operation":"PasswordLogonInitialAuthUsingPassword","OrganizationId":"41463f53-8812-40f4-890f-865bf6e35190","RecordType":9,"ResultStatus":"failed","UserKey":"1153977025279851686@contoso.onmicrosoft.com","UserType":0,"Workload":"AzureActiveDirectory","ClientIP":"134.170.188.221","ObjectId":"admin@contoso.onmicrosoft.com","UserId":"admin@contoso.onmicrosoft.com","AzureActiveDirectoryEventType":0,"ExtendedProperties":[{"Name":"LoginError","Value":"-2147217390;PP_E_BAD_PASSWORD;The entered and stored passwords do not match."}],"Client":"Exchange","LoginStatus":-2147217390,"UserDomain":"contoso.onmicrosoft.com"}`,
  },
  {
    contentType: 'Audit.AzureActiveDirectory',
    text: String.raw`{"CreationTime":"2015-06-29T20:03:34","Id":"4e655d3f-35fa-42e0-b050-264b2d255c7a","Operation":"PasswordLogonInitialAuthUsingPassword","OrganizationId":"41463f53-8812-40f4-890f-865bf6e35190","RecordType":9,"ResultStatus":"success","UserKey":"1153977025279851686@contoso.onmicrosoft.com","UserType":0,"Workload":"AzureActiveDirectory","ClientIP":"134.170.188.221","ObjectId":"admin@contoso.onmicrosoft.com","UserId":"admin@contoso.onmicrosoft.com","AzureActiveDirectoryEventType":0,"Client":"Exchange","LoginStatus":0,"UserDomain":"contoso.onmicrosoft.com"}`,
  },
  {
    contentType: 'Audit.AzureActiveDirectory',
    text: String.raw`{"CreationTime":"2015-06-29T20:04:55","Id":"b567caf0-088e-4c1c-a4ea-633a1e3d66c8","Operation":"Add User.","OrganizationId":"41463f53-8812-40f4-890f-865bf6e35190","RecordType":8,"ResultStatus":"success","UserKey":"1003BFFD8EC47CA6@contoso.onmicrosoft.com","UserType":0,"Workload":"AzureActiveDirectory","ObjectId":"user001@contoso.onmicrosoft.com","UserId":"admin@contoso.onmicrosoft.com","AzureActiveDirectoryEventType":0,"Actor":[{"ID":"1cef1fdb-ff52-48c4-8e4e-dfb5ea83d357","Type":2},{"ID":"admin@contoso.onmicrosoft.com","Type":5},{"ID":"1003BFFD8EC47CA6","Type":3}],"ActorContextId":"41463f53-8812-40f4-890f-865bf6e35190","InterSystemsId":"c2ced078-ad57-4079-a743-5c37f5284790","IntraSystemId":"d1497f7e-15b4-49aa-83ad-11a17ca4a2f4","Target":[{"ID":"user001@contoso.onmicrosoft.com","Type":5},{"ID":"10037FFE91510806","Type":3}],"TargetContextId":"41463f53-8812-40f4-890f-865bf6e35190"}`,
  },
];
