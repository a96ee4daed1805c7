using System.Runtime.InteropServices;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Recommendations.Answers;

namespace Marketing.Recommendations.Reading;

/// <summary>Turns a search for nearest messages into nearest distinct users.</summary>
internal static class NeighborSearch
{
    // The index's limit per query.
    private const int MaxMessages = 1_000;

    // Start with more messages than users, because one user may have several of the nearest.
    private const int MessagesAUser = 2;

    /// <summary>Returns the nearest users, best first, each with their nearest message; ties are broken by user id.</summary>
    /// <param name="index">The index to search.</param>
    /// <param name="vector">Unit length.</param>
    /// <param name="except">The user to leave out.</param>
    /// <param name="count">Maximum number of users.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    public static async ValueTask<List<SimilarUser>?> NearestUsersAsync(
        IVectorIndex index, ReadOnlyMemory<float> vector, UserId except, int count, CancellationToken cancellationToken)
    {
        for (var messages = Math.Min(count * MessagesAUser, MaxMessages); ; messages = Math.Min(messages * 8, MaxMessages))
        {
            var matches = await index.SearchAsync(new VectorQuery(vector, messages, except), cancellationToken);
            var users = Distinct(matches);
            if (users.Count >= count || matches.Count < messages || messages == MaxMessages)
            {
                if (users.Count > count)
                {
                    users.RemoveRange(count, users.Count - count);
                }

                return users;
            }
        }
    }

    private static List<SimilarUser> Distinct(IReadOnlyList<VectorMatch> matches)
    {
        var seen = new HashSet<UserId>(matches.Count);
        var users = new List<SimilarUser>(matches.Count);
        for (var i = 0; i < matches.Count; i++)
        {
            var match = matches[i];
            if (seen.Add(match.UserId))
            {
                users.Add(new SimilarUser(match.UserId, match.Similarity, match.Id));
            }
        }

        CollectionsMarshal.AsSpan(users).Sort(static (left, right) =>
            right.Similarity.CompareTo(left.Similarity) is var order and not 0 ? order : left.UserId.CompareTo(right.UserId));
        return users;
    }
}
