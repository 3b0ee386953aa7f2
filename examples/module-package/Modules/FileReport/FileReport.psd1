@{
    ModuleVersion = '1.0.0'
    GUID = '6f1d6c0b-6c5e-4f43-9d5a-5f1d8a1f2b67'
    Author = 'The authors of Guild for PowerShell'
    Description = 'Facts on folders, as an operation of Guild.'
    FunctionsToExport = @()
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
