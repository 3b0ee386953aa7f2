using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace Guild.PowerShell.Commands;

/// <summary>Arguments as they were before PowerShell put them into objects of its own.</summary>
internal static class PlainArgument
{
    /// <summary>What an argument holds; the argument itself if PowerShell has not wrapped it.</summary>
    [return: NotNullIfNotNull(nameof(argument))]
    public static object? Of(object? argument) => argument is PSObject wrapped ? wrapped.BaseObject : argument;
}
