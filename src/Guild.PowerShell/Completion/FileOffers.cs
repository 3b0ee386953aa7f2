using System.Management.Automation;

namespace Guild.PowerShell.Completion;

/// <summary>What can be typed for a file, as PowerShell itself completes it, where more stands before it in the same word.</summary>
internal static class FileOffers
{
    /// <summary>The folders that begin as typed.</summary>
    public static IEnumerable<Offer> Folders(string typed) => CompletionCompleters.CompleteFilename(typed)
        .Where(file => file.ResultType == CompletionResultType.ProviderContainer)
        .Select(file => new Offer(CompletionText.Unquoted(file.CompletionText), file.ToolTip, file.ListItemText));

    /// <summary>The files that begin as typed.</summary>
    public static IEnumerable<Offer> Of(string typed) => CompletionCompleters.CompleteFilename(typed)
        .Select(file => new Offer(CompletionText.Unquoted(file.CompletionText), file.ToolTip, file.ListItemText));
}
