BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'GuildTest.psm1') -Force
    $manifest = Find-GuildModule
    Import-Module $manifest -Force
    $savedHome = $env:GUILD_HOME
    $env:GUILD_HOME = Join-Path $TestDrive 'home'
    Push-Location (Copy-Example powershell-report $TestDrive)
    $null = Invoke-GuildOperation build -Label 'the first' -Tag keep -Quiet
    $id = (Get-GuildRun 1).ShortId
}

AfterAll {
    Pop-Location
    $env:GUILD_HOME = $savedHome
}

Describe 'Keys of -Flag and -Resource' {
    It 'are the flags of the operation' {
        Get-Completion 'Invoke-GuildOperation build -Flag @{ ' | Should -Be 'format', 'share', 'title', 'top'
    }

    It 'are those that are not there yet' {
        Get-Completion 'Get-GuildPlan build -Flag @{ top = 3; t' | Should -Be 'title'
        Get-Completion "Get-GuildPlan build -Flag @{`n    top = 3`n    " | Should -Be 'format', 'share', 'title'
    }

    It 'are the resources that the operation requires' {
        Get-Completion 'Invoke-GuildOperation build -Resource @{ ' | Should -Be 'sales'
    }

    It 'leave the parameters as they are for a command that is run' {
        $flags = [ordered]@{ top = 2; title = 'Two' }
        (Get-GuildPlan build -Flag $flags).Flags.top | Should -Be 2
        $both = @{ Operation = 'build'; Flag = @{ top = 4 } }
        (Get-GuildPlan @both).Flags.top | Should -Be 4
        (Get-Help Invoke-GuildOperation -Parameter Flag).type.name | Should -Be 'IDictionary'
        { Get-GuildPlan build -Flag $null } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }
}

Describe 'The words after guild' {
    It 'complete <line> as <expected>' -TestCases @(
        @{ line = 'guild ru'; expected = 'run', 'runs' }
        @{ line = 'guild run --print-c'; expected = '--print-cmd' }
        @{ line = 'guild run report:b'; expected = 'report:build' }
        @{ line = 'guild run build t'; expected = 'title=', 'top=' }
        @{ line = 'guild run build top='; expected = 'top=5' }
        @{ line = 'guild run build format='; expected = 'format=table', 'format=list' }
        @{ line = 'guild run build "format=l'; expected = '"format=list"' }
        @{ line = 'guild run -l '; expected = "'the first'" }
        @{ line = 'guild run ./rep'; expected = './report.ps1' }
        @{ line = 'guild run build sales=./da'; expected = 'sales=./data' }
    ) {
        Get-Completion $line | Should -Be $expected
    }

    It 'offer options after a dash' {
        Get-Completion 'guild run build -' | Should -Contain '--help-op'
    }

    It 'offer runs' {
        (Get-Completion 'guild runs rm ')[0] | Should -Be $id
        Get-Completion 'guild runs rm 1' | Should -Contain '1'
    }

    It 'offer files for what is none of ours' {
        Get-Completion 'guild help ' | Should -Contain (Join-Path . data)
    }

    It 'leave nothing in $Error' {
        $global:Error.Clear()
        Get-Completion 'guild run build ', 'guild run no:such x', 'guild runs rm x,' | Out-Null
        $global:Error.Count | Should -Be 0
    }

    It 'are left alone once the module is removed' {
        Invoke-FreshPowerShell "Import-Module '$manifest'; Remove-Module Guild; (TabExpansion2 'guild ru' 8).CompletionMatches.Count" | Should -Be '0'
    }

    It 'are completed again once it is imported again' {
        Invoke-FreshPowerShell "Import-Module '$manifest'; Remove-Module Guild; Import-Module '$manifest'; (TabExpansion2 'guild ru' 8).CompletionMatches.CompletionText" | Should -Be 'run', 'runs'
    }

    It 'do no harm to an import with a prefix' {
        Invoke-FreshPowerShell "Import-Module '$manifest' -Prefix My; Myguild --version 6>&1; `$LASTEXITCODE" | Select-Object -Last 1 | Should -Be '0'
    }
}

Describe 'Completion of names' {
    It 'completes <line>' -TestCases @(
        @{ line = 'Get-GuildHelp re'; expected = 'report', 'report:build', 'report.ps1' }
        @{ line = 'Get-GuildResource report:'; expected = 'report:sales' }
        @{ line = 'Set-GuildRun 1 -RemoveTag '; expected = 'keep' }
        @{ line = 'Invoke-GuildOperation build -Label '; expected = "'the first'" }
        @{ line = 'Invoke-GuildOperation build forma'; expected = 'format=' }
    ) {
        Get-Completion $line | Sort-Object | Should -Be ($expected | Sort-Object)
    }

    It 'completes the project of runs' {
        Get-Completion 'Get-GuildRun -Project ' | ForEach-Object { $_.Trim("'") } | Should -Contain (Get-Location).ProviderPath
    }
}
