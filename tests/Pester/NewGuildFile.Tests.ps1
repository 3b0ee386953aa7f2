BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    Push-Location $TestDrive
    foreach ($name in 'one', 'two [x]') {
        $folder = New-Item -ItemType Directory $name
        Set-Content -LiteralPath (Join-Path $folder.FullName 'train.py') "lr = 0.1`nprint('lr is', lr)"
        Set-Content -LiteralPath (Join-Path $folder.FullName 'hello.ps1') "param([ValidateSet('low', 'loud')] [string] `$Voice = 'low')`n`"hello `$Voice`""
    }
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'A Guild file from scripts' {
    It 'is written for each folder that is piped in, and can be piped on' {
        Get-ChildItem -Directory -Exclude home | New-GuildFile | Test-GuildFile | Should -Be $true, $true
        Get-ChildItem -Recurse -Filter guild.yml | Test-GuildFile -PassThru | Should -BeNullOrEmpty
    }

    It 'lists the operations with their flags' {
        Get-GuildOperation -Path one | Sort-Object Name | ForEach-Object { "$($_.FullName): $($_.Flags.Name)" } | Should -Be 'one:hello: Voice', 'one:train: lr'
        (Get-GuildOperation train -LiteralPath 'two [x]' | ConvertTo-Json -Depth 4 | ConvertFrom-Json).Flags[0].Default | Should -Be 0.1
    }

    It 'runs them' {
        (Invoke-GuildOperation one:hello -Path one -Voice loud -Quiet | Get-GuildRunOutput).Text | Should -Be 'hello loud'
    }

    It 'is kept when it is there' {
        $before = Get-Content one/guild.yml -Raw
        { New-GuildFile one -Name other -ErrorAction Stop } | Should -Throw '*already*' -ErrorId 'GuildFileExists,Guild.PowerShell.Commands.NewGuildFileCommand'
        Get-Content one/guild.yml -Raw | Should -Be $before
    }

    It 'is replaced with -Force, and named in what -WhatIf says' {
        (New-GuildFile one -Name other -Force).Name | Should -Be 'guild.yml'
        (Get-GuildModel -Path one).Name | Should -Be 'other'
        Invoke-FreshPowerShell "Import-Module '$(Find-GuildModule)'; New-GuildFile '$TestDrive/one' -Force -WhatIf" | Should -BeLike '*Replace Guild file*guild.yml*'
    }
}
