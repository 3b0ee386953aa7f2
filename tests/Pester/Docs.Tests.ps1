# The examples of the documentation, in a real pwsh: all that are marked "powershell run", with Sort-Object, Format-Table and the like.

BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $pages = @(Get-Item "$root/README.md") + @(Get-ChildItem "$root/docs" -Recurse -Filter *.md) | Where-Object {
        (Get-Content $_ -Raw) -match '(?m)^```powershell run\r?$'
    } | ForEach-Object { @{ Page = $_.FullName; Name = $_.FullName.Substring($root.Length + 1) } }
}

Describe 'The examples of <Name>' -ForEach $pages {
    BeforeAll {
        $root = (Resolve-Path "$PSScriptRoot/../..").Path
        Import-Module (Get-Item "$root/out/Guild/*/Guild.psd1").FullName -Force
        $text = (Get-Content $Page -Raw) -replace "`r`n", "`n"
        $code = [regex]::Matches($text, '(?ms)^```powershell run\n(.*?)^```$') | ForEach-Object { $_.Groups[1].Value }
        $script = [scriptblock]::Create($code -join "`n")
        $earlierHome = $env:GUILD_HOME
        $env:GUILD_HOME = Join-Path $TestDrive home
        Copy-Item "$root/examples/iris" (Join-Path $TestDrive iris) -Recurse
        Push-Location (Join-Path $TestDrive iris)
        $null = Invoke-GuildOperation prepare -Quiet
        $null = Invoke-GuildOperation train -epochs 10 -Quiet
        $null = Invoke-GuildOperation evaluate -Quiet
    }

    AfterAll {
        Pop-Location
        $env:GUILD_HOME = $earlierHome
    }

    It 'run without an error' {
        $ErrorActionPreference = 'Stop'
        { & $script *> $null } | Should -Not -Throw
    }
}
