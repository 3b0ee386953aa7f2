BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    $project = New-Item -ItemType Directory (Join-Path $TestDrive 'project')
    Set-Content (Join-Path $project 'guild.yml') @'
measured: {main: op.ps1, plugins: [cpu, memory]}
plain: {main: op.ps1}
'@
    # Long enough for the values of the first second, however fast the machine is.
    Set-Content (Join-Path $project 'op.ps1') 'Start-Sleep -Seconds 2; "loss: 1"'
    Push-Location $project
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'What a run uses of the machine' {
    BeforeAll {
        $run = Invoke-GuildOperation measured -Quiet
    }

    It 'is among its scalars' {
        $names = ($run | Get-GuildScalar -Name sys/run/*).Name | Sort-Object -Unique
        $names | Should -Be 'sys/run/cpu_seconds', 'sys/run/cpu_util', 'sys/run/mem_used', 'sys/run/processes'
        $run.Scalars['sys/run/cpu_seconds'] | Should -BeGreaterThan 0
        ($run | Get-GuildScalar -Name sys/run/mem_used | Measure-Object Value -Maximum).Maximum | Should -BeGreaterThan 1MB
    }

    It 'is of the whole machine too' -Skip:(-not $IsLinux) {
        $memory = $run | Get-GuildScalar -Name sys/mem_total, sys/mem_used, sys/mem_util | Group-Object Name -AsHashTable
        $memory['sys/mem_total'][0].Value | Should -BeGreaterThan $memory['sys/mem_used'][0].Value
        $memory['sys/mem_util'].Value | ForEach-Object { $_ | Should -BeGreaterThan 0; $_ | Should -BeLessOrEqual 1 }
    }

    It 'is only what was asked for' {
        ($run | Get-GuildScalar -Name sys/*).Name | Where-Object { $_ -match 'bps|bytes|gpu' } | Should -BeNullOrEmpty
        (Invoke-GuildOperation plain -Quiet | Get-GuildScalar).Name | Should -Be 'loss'
    }

    It 'is left out of comparisons unless they name it' {
        $row = $run | Compare-GuildRun
        $row.PSObject.Properties.Name | Should -Not -Contain 'sys/run/mem_used'
        $row.loss | Should -Be 1
        ($run | Compare-GuildRun -Column 'loss, max sys/run/mem_used as memory' | ConvertTo-Json | ConvertFrom-Json).memory | Should -BeGreaterThan 1MB
    }

    It 'is drawn when it is asked for' {
        Show-GuildScalar $run.Id -Width 60 -Height 5 | Out-String | Should -Not -Match 'sys/'
        Show-GuildScalar $run.Id -Width 60 -Height 5 -Name sys/run/mem_used | Select-Object -First 1 | Should -Be 'sys/run/mem_used, by step'
    }
}
