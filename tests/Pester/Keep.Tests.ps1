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

    It 'reads runs of an exported folder where they are, as objects like any other' {
        Get-GuildRun | Export-GuildRun -Path kept
        $kept = Get-GuildRun -Archive kept
        $kept.Id | Should -Be (Get-GuildRun).Id
        $kept | Sort-Object Started | Select-Object -First 1 | ForEach-Object Operation | Should -Be 'iris:prepare'
        Get-GuildRun -Archive kept -Operation train | Get-GuildScalar -Name loss | Measure-Object Value -Minimum | ForEach-Object Minimum | Should -BeGreaterThan 0
        $kept | Compare-GuildRun -Column loss, '=epochs' | ConvertTo-Csv | Should -HaveCount 3
        { Get-GuildRun -Archive nowhere } | Should -Throw -ErrorId 'RunArchiveInvalid*'
    }

    It 'imports runs of an archive by its name' {
        $ids = (Get-GuildRun).Id
        guild archive 'first tries' --create -y 2>$null
        Get-GuildRun | Should -BeNullOrEmpty
        (Import-GuildRun 'first tries').Id | Should -Be $ids
        (TabExpansion2 -inputScript 'Import-GuildRun f' -cursorColumn 17).CompletionMatches.CompletionText | Should -Contain "'first tries'"
    }

    It 'takes names with brackets and blanks as they are typed' {
        $ids = (Get-GuildRun).Id
        Get-GuildRun | Export-GuildRun 'kept [1] ü.zip' -Move
        (Import-GuildRun 'kept [1] ü.zip').Id | Should -Be $ids
    }

    It 'removes a run of an exported folder, and not that of the home' {
        Get-GuildRun | Export-GuildRun -Path apart
        $count = @(Get-GuildRun).Count
        Get-GuildRun -Archive apart | Select-Object -First 1 | Remove-GuildRun -Permanent -Confirm:$false
        @(Get-GuildRun -Archive apart).Count | Should -Be ($count - 1)
        @(Get-GuildRun).Count | Should -Be $count
    }

    It 'goes on behind what names no run, and takes wildcards' {
        $errors = $null
        $runs = '1', 'nonsense', '2' | Get-GuildRun -ErrorVariable errors -ErrorAction SilentlyContinue
        $runs | Should -HaveCount 2
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'RunNotFound*'
        $errors[0].TargetObject | Should -Be 'nonsense'
        (Get-GuildRun "$($runs[0].ShortId)*").Id | Should -Be $runs[0].Id
        Get-GuildRun 'zzz*' | Should -BeNullOrEmpty
    }

    It 'takes moments in the words of Guild and as dates' {
        $all = @(Get-GuildRun).Count
        @(Get-GuildRun -Since (Get-Date).AddHours(-1)).Count | Should -Be $all
        @(Get-GuildRun -Since (New-TimeSpan -Hours 1)).Count | Should -Be $all
        @(Get-GuildRun -StartedAfter '1 hour ago').Count | Should -Be $all
        Get-GuildRun -StartedBefore '1 hour ago' | Should -BeNullOrEmpty
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
