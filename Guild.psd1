@{
    RootModule = 'Guild.psm1'

    # Written by the build from the Version in Directory.Build.props, as is Prerelease below.
    ModuleVersion = '0.0.0'

    GUID = '2503e986-2549-44b3-be1c-54a1bdd48aba'
    Author = 'The Guild for PowerShell authors'
    CompanyName = 'The Guild for PowerShell authors'
    Copyright = 'Copyright (c) the Guild for PowerShell authors. MIT licence.'
    Description = 'Runs the operations of a Guild file and keeps a lasting record of each run: its flags, inputs, output, scalars and files.'

    CompatiblePSEditions = @('Core')
    PowerShellVersion = '7.6'

    # The order matters: Guild.Loading makes the engine reachable before PowerShell reads the types of Guild.PowerShell.
    NestedModules = @('Guild.Loading.dll', 'Guild.PowerShell.dll')
    FormatsToProcess = @('Views/Guild.Format.ps1xml')
    TypesToProcess = @('Views/Guild.Types.ps1xml')

    # Invoke-GuildCommand is not exported: only the guild function calls it.
    CmdletsToExport = @(
        'Clear-GuildResourceCache'
        'Clear-GuildTrash'
        'Compare-GuildRun'
        'Export-GuildRun'
        'Get-GuildHelp'
        'Get-GuildModel'
        'Get-GuildOperation'
        'Get-GuildPlan'
        'Get-GuildResource'
        'Get-GuildRun'
        'Get-GuildRunFile'
        'Get-GuildRunOutput'
        'Get-GuildScalar'
        'Import-GuildRun'
        'Invoke-GuildOperation'
        'New-GuildFile'
        'Remove-GuildRun'
        'Restart-GuildRun'
        'Restore-GuildRun'
        'Set-GuildRun'
        'Show-GuildScalar'
        'Start-GuildOperation'
        'Start-GuildRun'
        'Stop-GuildRun'
        'Test-GuildFile'
        'Test-GuildRun'
        'Wait-GuildRun'
    )
    FunctionsToExport = @('guild')
    VariablesToExport = @()
    AliasesToExport = @()

    PrivateData = @{
        PSData = @{
            Tags = @('MachineLearning', 'Experiments', 'Runs', 'Reproducibility', 'GuildAI', 'PSEdition_Core', 'Linux', 'macOS', 'Windows')
            LicenseUri = 'https://opensource.org/license/mit'
            ProjectUri = 'https://example.org/guild-for-powershell'
            ReleaseNotes = 'See CHANGELOG.md.'
            Prerelease = ''
        }
    }
}
