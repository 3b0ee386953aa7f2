using System.Globalization;
using Guild.Engine.Scalars;
using Microsoft.Data.Sqlite;

namespace Guild.Engine.Runs.Index;

/// <summary>
/// The SQLite file of an index, opened for one look. Rows are found by folder and id; what is large lies in tables of its own, so that the rows can be
/// read alone. Each method raises what <see cref="IsTrouble"/> knows when the file cannot be used.
/// </summary>
internal sealed class IndexFile : IDisposable
{
    // Another process that writes holds the file for some milliseconds. Whoever does not get it in this time does without.
    private const int BusyMilliseconds = 250;

    // SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode.html).
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly SqliteConnection _connection;

    private readonly string _path;

    private bool _isDamaged;

    private IndexFile(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>True for what can go wrong with a file: it is in use, out of reach, or damaged so that its values are not of the types that were written.</summary>
    public static bool IsTrouble(Exception error) =>
        error is SqliteException or InvalidOperationException or InvalidCastException or OverflowException or FormatException;

    /// <summary>True if the file is damaged, rather than in use or out of reach.</summary>
    public static bool IsDamage(Exception error) => IsTrouble(error) && error is not SqliteException { SqliteErrorCode: not (Corrupt or NotADatabase) };

    /// <summary>Remembers what went wrong: a damaged file is deleted in the end, so that the next look makes it anew.</summary>
    public void Note(Exception error) => _isDamaged |= IsDamage(error);

    /// <summary>Deletes a damaged file.</summary>
    public static bool TryDelete(string path)
    {
        try
        {
            File.Delete(path);
            File.Delete(path + "-journal");
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Opens the file of a home, and makes it, or makes it anew, if it is missing or of another version or home.</summary>
    public static IndexFile Open(string path, string homePath)
    {
        var builder = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWriteCreate, DefaultTimeout = 1 };
        var file = new IndexFile(new SqliteConnection(builder.ToString()), path);
        try
        {
            file._connection.Open();
            file.Execute($"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
            file.RequireSchema(homePath);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        if (_isDamaged)
        {
            TryDelete(_path);
        }
    }

    public Dictionary<string, IndexRow> ReadRows(RunPlace place)
    {
        var rows = new Dictionary<string, IndexRow>(StringComparer.Ordinal);

        // Nearly all runs are of one place. The index would find each of them with a search of its own.
        using var command = Command("SELECT key, id, time, guild, rest, rewritten, sum FROM run NOT INDEXED WHERE place = $place", ("$place", (int)place));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var stamp = new RunStamp(reader.GetInt64(3), reader.GetInt64(4), (RewrittenAttributes)reader.GetInt32(5));
            var row = new IndexRow(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), stamp);
            if (IndexSum.Of(row.Id, row.Time, row.Stamp) == reader.GetInt64(6))
            {
                rows[row.Id] = row;
            }
        }

        return rows;
    }

    /// <summary>Reads the content of all rows, by key. Rows that are damaged, or that another process has replaced since they were read, are left out.</summary>
    public Dictionary<long, IndexContent> ReadContents(IReadOnlyCollection<IndexRow> rows)
    {
        var contents = new Dictionary<long, IndexContent>(rows.Count);
        if (rows.Count == 0)
        {
            return contents;
        }

        using var command = Command("SELECT key, sum, content, last FROM content");
        using var reader = command.ExecuteReader();
        var sums = new Dictionary<long, long>(rows.Count);
        foreach (var row in rows)
        {
            sums[row.Key] = IndexSum.SaltOf(row.Stamp);
        }

        while (reader.Read())
        {
            if (sums.TryGetValue(reader.GetInt64(0), out var salt) && ContentOf(reader, salt) is { } content)
            {
                contents[reader.GetInt64(0)] = content;
            }
        }

        return contents;
    }

    /// <summary>Reads the content of one row; null if it is damaged or was replaced.</summary>
    public IndexContent? ReadContent(IndexRow row)
    {
        using var command = Command("SELECT key, sum, content, last FROM content WHERE key = $key", ("$key", row.Key));
        using var reader = command.ExecuteReader();
        return reader.Read() ? ContentOf(reader, IndexSum.SaltOf(row.Stamp)) : null;
    }

    /// <summary>Reads the summed-up scalars of all rows, by key.</summary>
    public Dictionary<long, byte[]> ReadScalars(IReadOnlyCollection<IndexRow> rows)
    {
        var salts = rows.ToDictionary(row => row.Key, row => IndexSum.SaltOf(row.Stamp));
        var found = new Dictionary<long, byte[]>(rows.Count);
        using var command = Command("SELECT key, sum, scalars FROM scalars");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (salts.TryGetValue(reader.GetInt64(0), out var salt) && reader.GetFieldValue<byte[]>(2) is var scalars && IndexSum.Of(scalars, null, salt) == reader.GetInt64(1))
            {
                found[reader.GetInt64(0)] = scalars;
            }
        }

        return found;
    }

    /// <summary>Puts runs in the place of what was there of them, and takes out those that are gone.</summary>
    /// <returns>The rows of the runs, by id.</returns>
    public Dictionary<string, IndexRow> Write(RunPlace place, IReadOnlyCollection<NewRow> rows, IReadOnlyCollection<IndexRow> gone)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        using var delete = Command("DELETE FROM run WHERE key = $key; DELETE FROM content WHERE key = $key; DELETE FROM scalars WHERE key = $key", ("$key", 0L));
        foreach (var row in gone)
        {
            delete.Parameters[0].Value = row.Key;
            delete.ExecuteNonQuery();
        }

        using var insertRun = Command(
            "INSERT INTO run (place, id, time, guild, rest, rewritten, sum) VALUES ($place, $id, $time, $guild, $rest, $rewritten, $sum) "
            + "ON CONFLICT (place, id) DO UPDATE SET time = $time, guild = $guild, rest = $rest, rewritten = $rewritten, sum = $sum RETURNING key",
            ("$place", (int)place),
            ("$id", ""),
            ("$time", 0L),
            ("$guild", 0L),
            ("$rest", 0L),
            ("$rewritten", 0),
            ("$sum", 0L));
        using var insertContent = Command(
            "INSERT OR REPLACE INTO content (key, sum, content, last) VALUES ($key, $sum, $content, NULL); DELETE FROM scalars WHERE key = $key",
            ("$key", 0L),
            ("$sum", 0L),
            ("$content", Array.Empty<byte>()));
        var written = new Dictionary<string, IndexRow>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            insertRun.Parameters[1].Value = row.Id;
            insertRun.Parameters[2].Value = row.Time;
            insertRun.Parameters[3].Value = row.Stamp.Guild;
            insertRun.Parameters[4].Value = row.Stamp.Rest;
            insertRun.Parameters[5].Value = (int)row.Stamp.Rewritten;
            insertRun.Parameters[6].Value = IndexSum.Of(row.Id, row.Time, row.Stamp);
            var key = (long)insertRun.ExecuteScalar()!;
            written[row.Id] = new IndexRow(key, row.Id, row.Time, row.Stamp);
            insertContent.Parameters[0].Value = key;
            insertContent.Parameters[1].Value = IndexSum.Of(row.Content, null, IndexSum.SaltOf(row.Stamp));
            insertContent.Parameters[2].Value = row.Content;
            insertContent.ExecuteNonQuery();
        }

        transaction.Commit();
        return written;
    }

    /// <summary>Adds the scalars of runs, unless another process has replaced their rows meanwhile.</summary>
    public void WriteScalars(IEnumerable<(IndexRow Row, byte[] Content, IReadOnlyDictionary<string, ScalarSummary> Scalars)> runs)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        using var update = Command(
            "UPDATE content SET last = $last, sum = $sum WHERE key = $key AND sum = $old",
            ("$last", Array.Empty<byte>()),
            ("$sum", 0L),
            ("$key", 0L),
            ("$old", 0L));
        using var insert = Command(
            "INSERT OR REPLACE INTO scalars (key, sum, scalars) VALUES ($key, $sum, $scalars)",
            ("$key", 0L),
            ("$sum", 0L),
            ("$scalars", Array.Empty<byte>()));
        foreach (var (row, content, scalars) in runs)
        {
            var salt = IndexSum.SaltOf(row.Stamp);
            var last = RunEncoding.EncodeLastValues(ScalarSummary.LastValues(scalars));
            update.Parameters[0].Value = last;
            update.Parameters[1].Value = IndexSum.Of(content, last, salt);
            update.Parameters[2].Value = row.Key;
            update.Parameters[3].Value = IndexSum.Of(content, null, salt);
            if (update.ExecuteNonQuery() == 1)
            {
                var encoded = RunEncoding.EncodeScalars(scalars);
                insert.Parameters[0].Value = row.Key;
                insert.Parameters[1].Value = IndexSum.Of(encoded, null, salt);
                insert.Parameters[2].Value = encoded;
                insert.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    private static IndexContent? ContentOf(SqliteDataReader reader, long salt)
    {
        var content = reader.GetFieldValue<byte[]>(2);
        var last = reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3);
        return IndexSum.Of(content, last, salt) == reader.GetInt64(1) ? new IndexContent(content, last) : null;
    }

    private void RequireSchema(string homePath)
    {
        if (IsOfThisVersion() && string.Equals(Scalar("SELECT path FROM home") as string, homePath, StringComparison.Ordinal))
        {
            return;
        }

        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var table in IndexSchema.Tables)
        {
            Execute($"DROP TABLE IF EXISTS {table}");
        }

        Execute(IndexSchema.Text);
        using var insert = Command("INSERT INTO home (path) VALUES ($path)", ("$path", homePath));
        insert.ExecuteNonQuery();
        Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {RunEncoding.Version}"));
        transaction.Commit();
    }

    private bool IsOfThisVersion() => Scalar("PRAGMA user_version") is long version && version == RunEncoding.Version;

    private object? Scalar(string text)
    {
        using var command = Command(text);
        return command.ExecuteScalar();
    }

    private void Execute(string text)
    {
        using var command = Command(text);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string text, params (string Name, object Value)[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
