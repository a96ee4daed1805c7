namespace Marketing.Ingest.Import;

/// <summary>The state of the quotes in a row (RFC 4180).</summary>
internal enum QuoteState
{
    /// <summary>Every quote that opens a cell is closed at its end; other quotes are text.</summary>
    Sound,

    /// <summary>Text follows a closing quote.</summary>
    TextBehind,

    /// <summary>A cell has no closing quote.</summary>
    Open,
}

/// <summary>Checks rows whose text contains quotes, in which the CSV reader misses quoting errors.</summary>
internal static class QuoteCheck
{
    public static QuoteState Of(ReadOnlySpan<byte> row, byte separator)
    {
        while (!row.IsEmpty)
        {
            var cell = row.TrimStart(separator == (byte)'\t' ? " "u8 : " \t"u8);
            if (cell is [(byte)'"', ..])
            {
                var end = ClosingQuote(cell);
                if (end < 0)
                {
                    return QuoteState.Open;
                }

                row = cell[(end + 1)..].TrimStart(separator == (byte)'\t' ? " "u8 : " \t"u8);
                if (!row.IsEmpty && row[0] != separator)
                {
                    return QuoteState.TextBehind;
                }
            }

            var next = row.IndexOf(separator);
            row = next < 0 ? [] : row[(next + 1)..];
        }

        return QuoteState.Sound;
    }

    /// <summary>The closing quote of a cell: a quote that no other quote follows.</summary>
    private static int ClosingQuote(ReadOnlySpan<byte> cell)
    {
        for (var i = 1; i < cell.Length; i++)
        {
            if (cell[i] != '"')
            {
                continue;
            }

            if (i + 1 == cell.Length || cell[i + 1] != '"')
            {
                return i;
            }

            i++;
        }

        return -1;
    }
}
