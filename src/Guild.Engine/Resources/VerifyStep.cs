using Guild.Engine.GuildFiles;

namespace Guild.Engine.Resources;

/// <summary>Compares what was acquired with the SHA-256 that the Guild file expects.</summary>
internal static class VerifyStep
{
    /// <summary>A warning for what cannot be verified, or null. Raises <see cref="ResourceException"/> if it is not what is expected.</summary>
    public static string? Run(SourceRequest request, AcquiredSource acquired, FingerprintReader reader)
    {
        // What the user put in the source's place is meant to be something else. Files of runs have no expected hash.
        var expected = request.Source.Sha256;
        if (string.IsNullOrEmpty(expected) || request.Substitute is not null || request.Source.Kind is SourceKind.Operation)
        {
            return null;
        }

        if (acquired.IsDirectory)
        {
            return $"'{acquired.Root}' is a folder, so its SHA-256 cannot be verified.";
        }

        var actual = Read(request, acquired.Root, reader).Sha256;
        return string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase)
            ? null
            : throw request.Fail(
                $"'{acquired.Root}' has the SHA-256 {actual}, where {expected} is expected.",
                "Restore the file that the Guild file was written for, or correct 'sha256' there.");
    }

    public static Fingerprint Read(SourceRequest request, string path, FingerprintReader reader)
    {
        try
        {
            return reader.Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw request.Fail($"'{path}' cannot be read: {error.Message}", inner: error);
        }
    }
}
