namespace Guild.Engine.Operations;

/// <summary>
/// An operation's name as a user writes it: <c>[[PACKAGE/]MODEL:]OPERATION</c>. A part that was not given is null;
/// <c>:train</c> names the anonymous model, whose name is <c>""</c>.
/// </summary>
/// <param name="Package">The package, or null.</param>
/// <param name="Model">The model, or null.</param>
/// <param name="Operation">The operation, or null for the default one.</param>
public sealed record OperationName(string? Package, string? Model, string? Operation)
{
    /// <summary>Takes a name apart at its last <c>/</c> before the first <c>:</c>, and at that <c>:</c>.</summary>
    /// <exception cref="RequestException">The name has more parts than a name can have.</exception>
    public static OperationName Parse(string text)
    {
        var rest = text.Trim();
        if (rest.Length == 0)
        {
            return new OperationName(null, null, null);
        }

        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        var qualifier = colon < 0 ? null : rest[..colon];
        var operation = colon < 0 ? rest : rest[(colon + 1)..];
        if (operation.Contains(':', StringComparison.Ordinal))
        {
            throw new RequestException(
                $"'{text}' is not an operation's name.",
                text,
                "Write the name as OPERATION, MODEL:OPERATION or PACKAGE/MODEL:OPERATION.");
        }

        var slash = (qualifier ?? operation).LastIndexOf('/');
        if (qualifier is null)
        {
            return slash < 0
                ? new OperationName(null, null, operation)
                : new OperationName(operation[..slash], null, NullIfEmpty(operation[(slash + 1)..]));
        }

        return slash < 0
            ? new OperationName(null, qualifier, NullIfEmpty(operation))
            : new OperationName(qualifier[..slash], qualifier[(slash + 1)..], NullIfEmpty(operation));
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
