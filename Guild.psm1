# A plain function on purpose: with a param block or [CmdletBinding()] PowerShell would take words such as -y or -v for parameters.
# $args goes on as one value. Splatted, its words would be bound again, and lose the text they were typed with.
function guild {
    Invoke-GuildCommand -ArgumentList $args
}
