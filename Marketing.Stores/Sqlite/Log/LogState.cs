using Marketing.Domain;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>The log's counters, read and written in the transaction that changes them.</summary>
internal sealed class LogState
{
    private const string Select =
        """
        SELECT chats, views, clicks, conversions, dismissals, next_seq, chats_with_text, users, pending, erasures
        FROM state WHERE id = 1
        """;

    private const string Update =
        """
        UPDATE state SET chats = ?1, views = ?2, clicks = ?3, conversions = ?4, dismissals = ?5,
            next_seq = ?6, chats_with_text = ?7, users = ?8, pending = ?9, erasures = ?10 WHERE id = 1
        """;

    private readonly long[] _byType = new long[5];

    public long NextSeq { get; set; }

    public long ChatsWithText { get; set; }

    public long Users { get; set; }

    public long Pending { get; set; }

    /// <summary>Changes when any process has invalidated user ids, or has remembered or forgotten erasures.</summary>
    public long Erasures { get; set; }

    public ref long this[InteractionType type] => ref _byType[(int)type];

    public static LogState Read(SqliteSession session)
    {
        var row = session[Select];
        row.Step();
        var state = new LogState
        {
            NextSeq = row.Int64(5),
            ChatsWithText = row.Int64(6),
            Users = row.Int64(7),
            Pending = row.Int64(8),
            Erasures = row.Int64(9),
        };
        for (int type = 0; type < state._byType.Length; type++)
        {
            state._byType[type] = row.Int64(type);
        }

        row.Reset();
        return state;
    }

    public void Write(SqliteSession session)
    {
        var row = session[Update];
        for (int type = 0; type < _byType.Length; type++)
        {
            row.Bind(type + 1, _byType[type]);
        }

        row.Bind(6, NextSeq).Bind(7, ChatsWithText).Bind(8, Users).Bind(9, Pending).Bind(10, Erasures).Execute();
    }
}
