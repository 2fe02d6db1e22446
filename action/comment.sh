#!/usr/bin/env bash
# Put the reports of a run into one comment on its pull request and, once, into one review. Needs gh and jq, and in the
# environment GH_TOKEN, REPOSITORY, RUN, COMMIT, OWNER and BRANCH. The reports come from whoever sent the pull request:
# they are sent on as data, after a look at their size and shape, and no part of them is ever a command.
set -euo pipefail

LARGEST=65000
MARK='<!-- convergence-docs check -->'
REVIEW_MARK='<!-- convergence-docs suggestions -->'

folder=$(mktemp -d)
gh run download "$RUN" --repo "$REPOSITORY" --name convergence-docs --dir "$folder" || {
    echo "This run left no reports."
    exit 0
}

# The pull request is found by the branch and must still be at the commit that was checked.
number=$(gh api --method GET "repos/$REPOSITORY/pulls" -f state=open -f "head=$OWNER:$BRANCH" |
    jq --arg commit "$COMMIT" 'map(select(.head.sha == $commit)) | first | .number // empty')
if [ -z "$number" ]; then
    echo "No open pull request is at this commit."
    exit 0
fi

comment=$folder/comment.md
if [ -f "$comment" ] && [ ! -L "$comment" ] && [ "$(head -n 1 "$comment")" = "$MARK" ]; then
    jq --null-input --rawfile body "$comment" --argjson most "$LARGEST" '{body: $body[:$most]}' >"$folder/comment.json"
    earlier=$(gh api --paginate "repos/$REPOSITORY/issues/$number/comments" |
        jq --slurp --arg mark "$MARK" \
            'add | map(select(.user.type == "Bot" and (.body | startswith($mark)))) | last | .id // empty')
    if [ -n "$earlier" ]; then
        gh api --method PATCH "repos/$REPOSITORY/issues/comments/$earlier" --input "$folder/comment.json" --silent
    else
        gh api --method POST "repos/$REPOSITORY/issues/$number/comments" --input "$folder/comment.json" --silent
    fi
fi

review=$folder/suggestions.json
if [ -f "$review" ] && [ ! -L "$review" ]; then
    # Only what a suggestion needs is taken over, and only from a review that this program wrote.
    jq --arg commit "$COMMIT" --arg mark "$REVIEW_MARK" '
        select((.body | type == "string" and startswith($mark)) and (.comments | length > 0))
        | {event: "COMMENT", commit_id: $commit, body: .body[:2000],
           comments: [.comments[:50][] | {path, line, side, body: .body[:20000]}
                      + (if .start_line then {start_line, start_side} else {} end)]}' "$review" >"$folder/review.json"
    said=$(gh api --paginate "repos/$REPOSITORY/pulls/$number/reviews" |
        jq --slurp --arg mark "$REVIEW_MARK" 'add | map(select(.body | startswith($mark))) | length')
    if [ -s "$folder/review.json" ] && [ "$said" -eq 0 ]; then
        gh api --method POST "repos/$REPOSITORY/pulls/$number/reviews" --input "$folder/review.json" --silent ||
            echo "GitHub did not take the suggestions; they are in the report of the run."
    fi
fi
