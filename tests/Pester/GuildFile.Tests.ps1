BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $project = New-Item -ItemType Directory (Join-Path $TestDrive 'project')
    Push-Location $project
    $null = New-Item -ItemType Directory good, 'bad [1]'
    Set-Content good/guild.yml 'train: train'
    Set-Content -LiteralPath 'bad [1]/guild.yml' @'
- model: m
  colour: red
  extends: nowhere
'@
}

AfterAll {
    Pop-Location
}

Describe 'Test-GuildFile' {
    It 'takes files of Get-ChildItem as they are, whatever their names' {
        $found = Get-ChildItem -Recurse -Filter guild.yml | Test-GuildFile -PassThru
        $found | ForEach-Object Id | Should -Be 'UnknownAttribute', 'InvalidReference'
        $found.Line | Should -Be 2, 3
    }

    It 'says true or false for each' {
        Get-ChildItem -Recurse -Filter guild.yml | Sort-Object { $_.FullName } -Descending |
            Test-GuildFile -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -Be $true, $false
    }

    It 'gives findings that sort, group and become JSON' {
        $found = Test-GuildFile -LiteralPath 'bad [1]' -PassThru
        ($found | Sort-Object Line -Descending).Line | Should -Be 3, 2
        ($found | Group-Object Severity).Name | Should -Be 'Error', 'Warning'
        ($found | ConvertTo-Json | ConvertFrom-Json)[0].Column | Should -Be 3
    }

    It 'shows a table with line, severity and id' {
        Test-GuildFile -LiteralPath 'bad [1]' -PassThru | Out-String | Should -Match 'Line Column Severity Id'
    }
}
