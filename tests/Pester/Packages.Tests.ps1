BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    $module = Find-GuildModule
    $example = Join-Path $PSScriptRoot '../../examples/module-package/Modules' -Resolve
    Set-Content (Join-Path $TestDrive 'a.csv') 'x'

    # The module path is the process's own, so each test has a process.
    function Invoke-InFolder([string] $Script) {
        $start = "`$env:PSModulePath = '$example' + [System.IO.Path]::PathSeparator + `$env:PSModulePath; `$env:GUILD_HOME = '$TestDrive/home'; Set-Location '$TestDrive'; Import-Module '$module'; "
        Invoke-FreshPowerShell ($start + $Script)
    }
}

Describe 'A PowerShell module with a Guild file' {
    It 'is listed where there is no project, and its objects sort and become JSON' {
        $json = Invoke-InFolder 'Get-GuildOperation -Package FileReport | Sort-Object FullName | Select-Object Package, FullName | ConvertTo-Json'
        $found = $json | ConvertFrom-Json
        $found.Package | Should -Be 'FileReport'
        $found.FullName | Should -Be 'FileReport/folder:summary'
    }

    It 'runs its operation by the whole name and by the model' {
        Invoke-InFolder '$run = Invoke-GuildOperation folder:summary -folder $PWD.Path -Quiet; (Get-GuildRunOutput $run.Id).Text; $run.Operation' |
            Should -Be 'csv: 1', 'md: 0', 'ps1: 0', 'other: 0', 'FileReport/folder:summary'
    }

    It 'is not imported' {
        Invoke-InFolder '$null = Get-GuildOperation -Installed; [bool](Get-Module FileReport)' | Should -Be 'False'
    }

    It 'shows a table with the whole name' {
        Invoke-InFolder 'Get-GuildOperation -Package FileReport | Out-String -Width 200' | Out-String | Should -Match 'FileReport/folder:summary +folder +Count the files'
    }
}
