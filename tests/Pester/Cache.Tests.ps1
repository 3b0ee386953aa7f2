BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    $project = New-Item -ItemType Directory (Join-Path $TestDrive 'project')
    Set-Content (Join-Path $project 'guild.yml') "- model: m`n  resources:`n    rows: {sources: [{url: 'https://example.org/rows.csv'}]}`n"
    $key = [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes('https://example.org/rows.csv'))).ToLowerInvariant()
    Push-Location $project

    function Add-CachedFile {
        $folder = New-Item -ItemType Directory -Force (Join-Path $env:GUILD_HOME "cache/resources/$key")
        Set-Content (Join-Path $folder 'rows.csv') '1,2,3'
    }
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'The cache of resources' {
    BeforeEach { Add-CachedFile }

    It 'is shown source by source, and sorts and turns to JSON' {
        $status = Get-GuildResource -Status | Sort-Object Length -Descending | Select-Object -First 1
        $status | Should -BeOfType ([Guild.PowerShell.GuildResourceStatus])
        $status.State | Should -BeExactly 'cached'
        ($status | ConvertTo-Json | ConvertFrom-Json).Uri | Should -BeExactly 'https://example.org/rows.csv'
        $status | Out-String | Should -Match 'cached'
    }

    It 'is cleared by what is piped in' {
        $gone = Get-GuildResource -Status | Where-Object State -eq cached | Clear-GuildResourceCache -Force -PassThru
        $gone.Name | Should -BeExactly 'rows.csv'
        $gone | Format-Table | Out-String | Should -Match 'rows\.csv'
        (Get-GuildResource rows -Status).State | Should -BeExactly 'missing'
    }

    It 'takes an age as one types it' {
        Clear-GuildResourceCache -OlderThan 30d -Force -PassThru | Should -BeNullOrEmpty
        { Clear-GuildResourceCache -OlderThan 30 -Force } | Should -Throw '*30d*'
        (Get-GuildResource rows -Status).State | Should -BeExactly 'cached'
    }

    It 'is cleared only in words with -WhatIf' {
        Clear-GuildResourceCache -Force -WhatIf
        (Get-GuildResource rows -Status).State | Should -BeExactly 'cached'
    }
}
