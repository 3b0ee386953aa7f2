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

Describe 'Keeping runs' -Skip:(-not $hasPython) {
    BeforeAll {
        $null = Invoke-GuildOperation prepare -Quiet
        $null = Invoke-GuildOperation train -epochs 2 -Quiet
    }

    It 'exports to a zip file that other programs read' {
        Get-GuildRun | Export-GuildRun all.zip
        [IO.Compression.ZipFile]::ExtractToDirectory("$PWD/all.zip", "$PWD/unpacked")
        (Get-ChildItem unpacked -Directory).Name | Sort-Object | Should -Be ((Get-GuildRun).Id | Sort-Object)
    }

    It 'imports what Get-ChildItem finds' {
        $ids = (Get-GuildRun).Id
        Get-GuildRun | Export-GuildRun found.zip -Move
        Get-GuildRun | Should -BeNullOrEmpty
        (Get-ChildItem found.zip | Import-GuildRun).Id | Should -Be $ids
    }

    It 'shows the room that runs take' {
        $sum = (Get-GuildRun | Get-GuildRunFile -IncludeRecord | Measure-Object Length -Sum).Sum
        $total = (Get-GuildRun | Get-GuildRunFile -Total | Measure-Object Length -Sum).Sum
        $total | Should -Be $sum
        Get-GuildRun | Get-GuildRunFile -Total | Sort-Object Length -Descending | ConvertTo-Json | ConvertFrom-Json | ForEach-Object Length | Should -BeGreaterThan 0
        Get-GuildRun 1 | Get-GuildRunFile | Format-Table | Out-String | Should -Match 'SourceCode'
    }

    It 'clears the trash of what was deleted, and says what that freed' {
        Get-GuildRun 1 | Remove-GuildRun
        $freed = Get-GuildRun -Deleted | Clear-GuildTrash -Force -PassThru
        $freed | Should -BeOfType ([Guild.PowerShell.GuildRunSize])
        $freed.Length | Should -BeGreaterThan 0
        Get-GuildRun -Deleted | Should -BeNullOrEmpty
    }

    It 'completes the runs that are in an archive and those in the trash' {
        $id = (Get-GuildRun 1).ShortId
        Get-GuildRun 1 | Export-GuildRun one.zip
        Get-Completion 'Import-GuildRun -Path one.zip -Id ' | Should -Be $id
        Get-GuildRun 1 | Remove-GuildRun
        Get-Completion 'Clear-GuildTrash ' | Should -Be $id
    }
}
