BeforeDiscovery {
    $hasPython = [bool](Get-Command python3, python -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    Import-Module (Find-GuildModule) -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    $project = Copy-Example iris $TestDrive
    Push-Location $project
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'Comparing runs' -Skip:(-not $hasPython) {
    BeforeAll {
        $null = Invoke-GuildOperation prepare -Quiet
        $short = Invoke-GuildOperation train -epochs 2 -Quiet
        $long = Invoke-GuildOperation train -epochs 20 -Quiet
    }

    It 'filters and sorts rows by their values' {
        (Compare-GuildRun | Where-Object { $null -ne $_.loss } | Sort-Object loss).Run | Should -Be $long.ShortId, $short.ShortId
        Compare-GuildRun | Where-Object loss -gt 0 | Sort-Object loss | Select-Object -First 1 -ExpandProperty epochs | Should -Be 20
    }

    It 'gives rows to other commands' {
        Compare-GuildRun | Where-Object epochs -eq 20 | Set-GuildRun -Label best
        (Get-GuildRun $long.Id).Label | Should -Be 'best'
        (Compare-GuildRun | Where-Object epochs -eq 20 | Get-GuildRun).Id | Should -Be $long.Id
    }

    It 'survives CSV and JSON' {
        $rows = Compare-GuildRun | ConvertTo-Csv | ConvertFrom-Csv
        $rows.Count | Should -Be 3
        $rows[0].epochs | Should -Be '20'
        @($rows[0].PSObject.Properties.Name)[0..5] | Should -Be 'Run', 'Operation', 'Started', 'Time', 'Status', 'Label'
        $json = Compare-GuildRun -Column 'min loss as best', =epochs | ConvertTo-Json | ConvertFrom-Json
        $json[0].epochs | Should -Be 20
        $json[2].best | Should -BeNullOrEmpty
    }

    It 'formats as a table' {
        Compare-GuildRun | Out-String | Should -Match 'batch-size=4'
        Compare-GuildRun -Column =epochs | Format-Table | Out-String | Should -Match 'Run\s+epochs'
        (Compare-GuildRun -Table)[0] | Should -Match '^Run\s+Operation\s+Started'
    }

    It 'tells in what two runs differ' {
        $flag = Compare-GuildRun $short.Id, $long.Id -Difference | Where-Object Kind -eq flag
        $flag.Name, $flag.ReferenceValue, $flag.DifferenceValue | Should -Be 'epochs', 2, 20
        Compare-GuildRun 2, 1 -Difference | Out-String | Should -Match 'epochs\s+changed\s+2\s+20'
    }

    It 'gives every value of a scalar' {
        (Get-GuildScalar $long.Id loss).Count | Should -BeGreaterThan 3
        $long | Get-GuildScalar -Name loss | Select-Object -First 1 -ExpandProperty Name | Should -Be 'loss'
        (Get-GuildRun | Get-GuildScalar -Name loss | Group-Object RunId).Count | Should -Be 2
        ($long | Get-GuildScalar -Name loss -Summary).Minimum | Should -Be $long.ScalarSummary.loss.Minimum
        Get-GuildScalar 1 loss | Out-String | Should -Match 'loss'
    }

    It 'draws scalars as text' {
        $chart = Show-GuildScalar $short.Id, $long.Id loss -Style Ascii -Width 60 -Height 6
        $chart | Should -HaveCount 11
        $chart[0] | Should -Be 'loss, by step'
        $chart[-1] | Should -Match $long.ShortId
        (Get-GuildRun -Operation train | Show-GuildScalar -Name loss | Out-String) | Should -Match "$($long.ShortId)(.|\n)*$($short.ShortId)"
        Show-GuildScalar $long.Id loss -Style Ascii > (Join-Path $TestDrive chart.txt)
        Get-Content (Join-Path $TestDrive chart.txt) -Raw | Should -Not -Match "`e"
        Get-Completion 'Show-GuildScalar 1 lo' | Should -Be 'loss'
        Get-Completion 'Show-GuildScalar 1 -Style B' | Should -Be 'Block', 'Braille'
    }

    It 'completes columns and scalars' {
        Get-Completion 'Compare-GuildRun -Column =ep' | Should -Be "'=epochs'"
        Get-Completion "Compare-GuildRun -Column 'min lo" | Should -Be "'min loss'"
        Get-Completion 'Get-GuildScalar 1 lo' | Should -Be 'loss'
    }

    It 'compares with the classic words' {
        (guild compare -cc =epochs --csv -)[0] | Should -Be 'run,epochs'
        guild select --min loss | Should -Be $long.Id
        guild diff $short.Id $long.Id -f | Should -Contain '+epochs: 20'
    }
}
