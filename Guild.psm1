# A plain function on purpose: with a param block or [CmdletBinding()] PowerShell would take words such as -y or -v for parameters.
# $args goes on as one value. Splatted, its words would be bound again, and lose the text they were typed with.
function guild {
    Invoke-GuildCommand -ArgumentList $args
}

# PowerShell has no way to take a completer back. Once the module is removed, guild can be another program.
Register-ArgumentCompleter -Native -CommandName guild -ScriptBlock {
    if (Get-Module Guild) { [Guild.PowerShell.Completion.ClassicCompleter]::Complete($args[0], $args[1], $args[2]) }
}
