using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores.Sqlite.Engine;

namespace Marketing.Stores.Sqlite.Log;

/// <summary>Writes a batch of interactions: keys, rows, queue and counters. Used on the writer's thread only.</summary>
internal sealed class LogAppender(LogNames names, ErasureMemory erasures)
{
    private const string InsertKey = "INSERT OR IGNORE INTO event_keys(key, seq) VALUES (?1, ?2)";

    private const string InsertRow =
        """
        INSERT INTO interactions(seq, event_id, user_id, type, campaign_id, occurred_at, text, properties, has_text)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;

    private const string Enqueue =
        "INSERT INTO queue(seq, appended_at, available_at) VALUES (?1, ?2, 0)";

    private const string EnqueueTraced =
        "INSERT INTO queue(seq, appended_at, available_at, trace) VALUES (?1, ?2, 0, ?3)";

    /// <returns>One outcome per interaction, in order.</returns>
    public AppendOutcome[] Append(SqliteSession session, LogBatch batch, DateTimeOffset now)
    {
        var state = LogState.Read(session);
        long first = state.NextSeq;
        var outcomes = InsertKeys(session, batch, first, erasures.FindErased(session, state, batch.Interactions));
        long appendedAt = now.ToUnixTimeMilliseconds();
        var enqueue = batch.Trace is null ? session[Enqueue] : session[EnqueueTraced].Bind(3, batch.Trace);
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] == AppendOutcome.Accepted)
            {
                Insert(session, state, first + i, batch.Interactions[i]);
                enqueue.Bind(1, first + i).Bind(2, appendedAt).Execute();
                state.Pending++;
            }
        }

        state.NextSeq += outcomes.Length;
        state.Write(session);
        FindConflicts(session, batch, outcomes);
        return outcomes;
    }

    private static AppendOutcome[] InsertKeys(SqliteSession session, LogBatch batch, long first, bool[]? erased)
    {
        var outcomes = new AppendOutcome[batch.Interactions.Count];
        var insert = session[InsertKey];
        foreach (var (key, position) in batch.Ordered)
        {
            if (erased is not null && erased[position])
            {
                outcomes[position] = AppendOutcome.Erased;
                continue;
            }

            bool isNew = insert.Bind(1, key).Bind(2, first + position).Execute() == 1;
            outcomes[position] = isNew ? AppendOutcome.Accepted : AppendOutcome.Duplicate;
        }

        return outcomes;
    }

    /// <summary>Compares each duplicate with the stored row of its id. It runs last because that row may be part of this batch.</summary>
    private static void FindConflicts(SqliteSession session, LogBatch batch, AppendOutcome[] outcomes)
    {
        foreach (var (key, position) in batch.Ordered)
        {
            if (outcomes[position] != AppendOutcome.Duplicate)
            {
                continue;
            }

            var row = session[InteractionRow.SelectByKey].Bind(1, key);
            if (row.Step() && !InteractionContent.IsSame(InteractionRow.Read(row), batch.Interactions[position]))
            {
                outcomes[position] = AppendOutcome.Conflict;
            }

            row.Reset();
        }
    }

    private void Insert(SqliteSession session, LogState state, long seq, Interaction interaction)
    {
        bool hasText = interaction.Text is not null;
        long? campaign = interaction.CampaignId is { } id ? names.Campaign(session, id.Value) : null;
        session[InsertRow]
            .Bind(1, seq)
            .Bind(2, interaction.Id.Value)
            .Bind(3, names.User(session, state, interaction.UserId.Value))
            .Bind(4, (long)interaction.Type)
            .Bind(5, campaign)
            .Bind(6, interaction.OccurredAt.ToUnixTimeMilliseconds())
            .Bind(7, interaction.Text)
            .Bind(8, interaction.Properties)
            .Bind(9, hasText ? 1 : 0)
            .Execute();
        state[interaction.Type]++;
        state.ChatsWithText += hasText ? 1 : 0;
    }
}
